import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterParams } from '../../state/filter.ts';
import { DownloadLinks, tableLinks } from '../../ui/download-links.tsx';

/** Links that download the list of the shared filter: the same rows as the map and the list show. */
export function ExportBar({ app, count }: { app: AppContext; count: number }) {
  const params = filterParams(app.url.state.value.filter, app.day.value);
  if (count === 0) return null;
  const links = tableLinks(
    (format) => app.api.href(`/exports/sites.${format}?${params}`),
    (format) => t('export.label', { count, format }),
  );
  return <DownloadLinks count={count} links={links} />;
}
