import { t, term } from '../i18n/index.ts';
import { type AppContext, operatorName } from '../state/app-context.ts';
import { type ClientFilterName, clientFilterNames } from '../state/filter.ts';
import { filterBy } from '../state/filter-actions.ts';
import { Icon } from '../ui/icon.tsx';

function unitName(items: readonly { code: string; name: string }[] | undefined, code: string): string {
  return items?.find((unit) => unit.code === code)?.name ?? code;
}

function valueText(app: AppContext, name: ClientFilterName, value: string): string {
  const { districts, communes } = app.reference;
  if (name === 'operator') return operatorName(app, value);
  if (name === 'district') return unitName(districts.state.value.data?.items, value);
  if (name === 'commune') return unitName(communes.state.value.data?.items, value);
  if (name === 'status' || name === 'certificate') return `${t(`filter.${name}`)}: ${term(name, value)}`;
  if (name === 'band') return `${value} MHz`;
  return name === 'q' ? `“${value}”` : value;
}

/** The conditions in force, over the map: each can be taken out, on every tab. */
export function FilterChips({ app }: { app: AppContext }) {
  const { filter } = app.url.state.value;
  const active = clientFilterNames.filter((name) => filter[name] !== undefined);
  if (active.length === 0) return null;
  return (
    <fieldset class="chips" aria-label={t('filter.active')}>
      {active.map((name) => (
        <button
          key={name}
          type="button"
          class="chip"
          aria-label={t('filter.remove', { name: valueText(app, name, String(filter[name])) })}
          onClick={() => filterBy(app, { [name]: undefined })}
        >
          {valueText(app, name, String(filter[name]))}
          <Icon name="close" size={14} />
        </button>
      ))}
      {active.length > 1 && (
        <button type="button" class="chip chip-clear" onClick={() => app.url.change({ filter: {} })}>
          {t('filter.clear')}
        </button>
      )}
    </fieldset>
  );
}
