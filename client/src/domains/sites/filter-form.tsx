import { useState } from 'preact/hooks';
import { t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { certificateStates, mastClasses, siteStatuses } from '../../state/filter.ts';
import { type FilterChange, filterBy } from '../../state/filter-actions.ts';
import { Button } from '../../ui/button.tsx';
import { OptionalNumberField } from '../../ui/number-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

const options = (prefix: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: term(prefix, value) }));

/** Accent-free text in code, name or address. */
export function SiteTextFilter({ app }: { app: AppContext }) {
  const { q } = app.url.state.value.filter;
  return (
    <TextField
      label={t('filter.q')}
      value={q ?? ''}
      placeholder={t('filter.q_placeholder')}
      onChange={(text) => filterBy(app, { q: text || undefined })}
    />
  );
}

/** The conditions of the shared filter that only sites have; the common ones stand above every list. */
export function SiteFilterForm({ app }: { app: AppContext }) {
  const { filter } = app.url.state.value;
  const extra = [filter.commune, filter.status, filter.certificate, filter.mast_class, filter.band];
  const [open, setOpen] = useState(extra.some((value) => value !== undefined));
  const change = (next: FilterChange): void => filterBy(app, next);
  const communes = (app.reference.communes.state.value.data?.items ?? []).filter(
    (unit) => !filter.district || unit.parent_code === null || unit.parent_code === filter.district,
  );
  const inDistrict = communes.some((unit) => unit.parent_code === filter.district) || !filter.district;
  return (
    <>
      <Button kind="quiet" icon="filter" expanded={open} controls="site-filter-more" onClick={() => setOpen(!open)}>
        {open ? t('filter.less') : t('filter.more')}
      </Button>
      <div class="filter-grid" id="site-filter-more" hidden={!open}>
        {inDistrict && (
          <SelectField
            label={t('filter.commune')}
            value={filter.commune ?? ''}
            anyLabel={t('filter.any_commune')}
            options={communes.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(value) => change({ commune: value || undefined })}
          />
        )}
        <SelectField
          label={t('filter.status')}
          value={filter.status ?? ''}
          anyLabel={t('filter.any_status')}
          options={options('status', siteStatuses)}
          onChange={(value) => change({ status: siteStatuses.find((known) => known === value) })}
        />
        <SelectField
          label={t('filter.certificate')}
          value={filter.certificate ?? ''}
          anyLabel={t('filter.any_certificate')}
          options={options('certificate', certificateStates)}
          onChange={(value) => change({ certificate: certificateStates.find((known) => known === value) })}
        />
        <SelectField
          label={t('filter.mast_class')}
          value={filter.mast_class ?? ''}
          anyLabel={t('filter.any_mast')}
          options={options('mast', mastClasses)}
          onChange={(value) => change({ mast_class: mastClasses.find((known) => known === value) })}
        />
        <OptionalNumberField
          label={t('filter.band')}
          value={filter.band ?? null}
          limits={[1, 100_000]}
          placeholder="900"
          onChange={(band) => change({ band: band ?? undefined })}
        />
      </div>
    </>
  );
}
