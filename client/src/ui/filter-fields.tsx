import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { technologies } from '../state/filter.ts';
import { coverageTechnology, filterBy } from '../state/filter-actions.ts';
import { SelectField } from './select-field.tsx';

interface TechnologyFieldProps {
  app: AppContext;
  /** Coverage is of one technology: without a choice it is the one of the day. */
  forCoverage?: boolean;
}

/** The technology of the shared filter. */
export function TechnologyField({ app, forCoverage = false }: TechnologyFieldProps) {
  const preset = coverageTechnology(undefined, app.day.value);
  return (
    <SelectField
      label={t('filter.technology')}
      value={app.url.state.value.filter.technology ?? ''}
      anyLabel={forCoverage ? t('coverage.default_technology', { technology: preset }) : t('filter.any_technology')}
      options={technologies.map((value) => ({ value, label: value }))}
      onChange={(value) => filterBy(app, { technology: technologies.find((known) => known === value) })}
    />
  );
}

/** The district of the shared filter. */
export function DistrictField({ app }: { app: AppContext }) {
  const districts = app.reference.districts.state.value.data?.items ?? [];
  return (
    <SelectField
      label={t('filter.district')}
      value={app.url.state.value.filter.district ?? ''}
      anyLabel={t('filter.whole_province')}
      options={districts.map(({ code, name }) => ({ value: code, label: name }))}
      onChange={(value) => filterBy(app, { district: value || undefined })}
    />
  );
}
