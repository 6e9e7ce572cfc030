import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { DistrictField, TechnologyField } from '../../ui/filter-fields.tsx';
import { SelectField } from '../../ui/select-field.tsx';

/** The option of the list of operators that is no operator; no code of an operator has a plus in it. */
const atLeastTwo = '2+';

function OperatorField({ app, unions }: { app: AppContext; unions: boolean }) {
  const { filter, coverage } = app.url.state.value;
  const operators = app.reference.operators.state.value.data?.items ?? [];
  const union = unions && coverage.scope === 'at_least_two' ? atLeastTwo : '';
  const choose = (value: string): void => {
    if (value && value !== atLeastTwo) return filterBy(app, { operator: value });
    const { operator: _gone, ...rest } = filter;
    const scope = value === atLeastTwo ? 'at_least_two' : 'any';
    app.url.change({ filter: rest, coverage: unions ? { ...coverage, scope } : coverage });
  };
  return (
    <SelectField
      label={t('filter.operator')}
      value={filter.operator ?? union}
      anyLabel={unions ? t('coverage.scope_any') : t('filter.any_operator')}
      options={[
        ...(unions ? [{ value: atLeastTwo, label: t('coverage.scope_at_least_two') }] : []),
        ...operators.map(({ code, name }) => ({ value: code, label: name })),
      ]}
      onChange={choose}
    />
  );
}

/** Operator (or union of operators), technology and district: what every figure of coverage is for. */
export function SubjectFields({ app, unions }: { app: AppContext; unions: boolean }) {
  return (
    <div class="filter-grid coverage-subject">
      <OperatorField app={app} unions={unions} />
      <TechnologyField app={app} forCoverage />
      <DistrictField app={app} />
    </div>
  );
}
