import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { DownloadLinks, tableLinks } from '../../ui/download-links.tsx';
import type { BroadcastData } from './data.ts';

/** Links that download the transmitters of the service, all of them. Nothing when there is none. */
export function TransmitterExport({ app, data }: { app: AppContext; data: BroadcastData }) {
  const count = data.items.value.length;
  if (count === 0) return null;
  const links = tableLinks(
    (format) => app.api.href(`/exports/transmitters.${format}?at=${app.day.value}&service=${data.service.value}`),
    (format) => t('broadcast.export', { count, format }),
  );
  return <DownloadLinks count={count} links={links} />;
}
