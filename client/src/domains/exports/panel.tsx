import { language, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterParams } from '../../state/filter.ts';
import { Icon } from '../../ui/icon.tsx';

const formats = ['csv', 'xlsx', 'geojson'] as const;

/** Links that download the list of the shared filter: the same rows as the map and the list show. */
export function ExportBar({ app, count }: { app: AppContext; count: number }) {
  const params = filterParams(app.url.state.value.filter, app.day.value);
  params.set('lang', language.value);
  if (count === 0) return null;
  return (
    <fieldset class="exports" aria-label={t('export.title')}>
      <span class="exports-count">
        <Icon name="download" size={16} /> {t('export.title')} ({number(count)})
      </span>
      {formats.map((format) => (
        <a
          key={format}
          class="button button-plain"
          href={app.api.href(`/exports/sites.${format}?${params}`)}
          download
          aria-label={t('export.label', { count, format: t(`export.${format}`) })}
        >
          {t(`export.${format}`)}
        </a>
      ))}
    </fieldset>
  );
}
