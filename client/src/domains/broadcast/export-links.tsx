import { language, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { Icon } from '../../ui/icon.tsx';
import type { BroadcastData } from './data.ts';

const formats = ['csv', 'xlsx', 'geojson'] as const;

/** Links that download the transmitters of the service, all of them. Nothing when there is none. */
export function TransmitterExport({ app, data }: { app: AppContext; data: BroadcastData }) {
  const count = data.items.value.length;
  if (count === 0) return null;
  const query = `at=${app.day.value}&service=${data.service.value}&lang=${language.value}`;
  return (
    <fieldset class="exports" aria-label={t('export.title')}>
      <span class="exports-count">
        <Icon name="download" size={16} /> {t('export.title')} ({number(count)})
      </span>
      {formats.map((format) => (
        <a
          key={format}
          class="button button-plain"
          href={app.api.href(`/exports/transmitters.${format}?${query}`)}
          download
          aria-label={t('broadcast.export', { count, format: t(`export.${format}`) })}
        >
          {t(`export.${format}`)}
        </a>
      ))}
    </fieldset>
  );
}
