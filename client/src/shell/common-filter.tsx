import type { ComponentChildren } from 'preact';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { filterBy } from '../state/filter-actions.ts';
import { DistrictField, TechnologyField } from '../ui/filter-fields.tsx';
import { SelectField } from '../ui/select-field.tsx';

interface CommonFilterProps {
  app: AppContext;
  forCoverage?: boolean;
  /** Further conditions in the same grid. */
  children?: ComponentChildren;
}

/** The conditions that every list has: operator, technology, district. */
export function CommonFilter({ app, forCoverage = false, children }: CommonFilterProps) {
  const { filter } = app.url.state.value;
  const operators = app.reference.operators.state.value.data?.items ?? [];
  return (
    <div class="filter-grid">
      <SelectField
        label={t('filter.operator')}
        value={filter.operator ?? ''}
        anyLabel={t('filter.any_operator')}
        options={operators.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(value) => filterBy(app, { operator: value || undefined })}
      />
      <TechnologyField app={app} forCoverage={forCoverage} />
      <DistrictField app={app} />
      {children}
    </div>
  );
}
