import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { DownloadLinks, tableLinks } from '../../ui/download-links.tsx';

interface ExportLinksProps {
  app: AppContext;
  what: 'coverage' | 'gaps' | 'disagreements';
  /** The query of the list: the file has the same rows. */
  query: string;
  count: number;
}

/** Links that download what a list shows, all of it. Nothing when there is nothing. */
export function ExportLinks({ app, what, query, count }: ExportLinksProps) {
  if (count === 0) return null;
  const links = tableLinks(
    (format) => app.api.href(`/exports/${what}.${format}?${query}`),
    (format) => t(`export.label_${what}`, { count, format }),
  );
  return <DownloadLinks count={count} links={links} />;
}
