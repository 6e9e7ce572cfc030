import type { ComponentChildren } from 'preact';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { technologies } from '../state/filter.ts';
import { coverageTechnology, filterBy } from '../state/filter-actions.ts';
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
  const districts = app.reference.districts.state.value.data?.items ?? [];
  const preset = coverageTechnology(undefined, app.day.value);
  return (
    <div class="filter-grid">
      <SelectField
        label={t('filter.operator')}
        value={filter.operator ?? ''}
        anyLabel={t('filter.any_operator')}
        options={operators.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(value) => filterBy(app, { operator: value || undefined })}
      />
      <SelectField
        label={t('filter.technology')}
        value={filter.technology ?? ''}
        anyLabel={forCoverage ? t('coverage.default_technology', { technology: preset }) : t('filter.any_technology')}
        options={technologies.map((value) => ({ value, label: value }))}
        onChange={(value) => filterBy(app, { technology: technologies.find((known) => known === value) })}
      />
      <SelectField
        label={t('filter.district')}
        value={filter.district ?? ''}
        anyLabel={t('filter.whole_province')}
        options={districts.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(value) => filterBy(app, { district: value || undefined })}
      />
      {children}
    </div>
  );
}
