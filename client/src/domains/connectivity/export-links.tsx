import type { AppContext } from '../../state/app-context.ts';
import { DownloadLinks, tableLinks } from '../../ui/download-links.tsx';

interface ExportLinksProps {
  app: AppContext;
  kind: 'connectivity' | 'plan';
  what: string;
  query: string;
  /** Rows of the file. */
  count: number;
}

/** A list of the panel as a file, with the parameters of the list. */
export function ExportLinks({ app, kind, what, query, count }: ExportLinksProps) {
  const hrefOf = (format: string): string => app.api.href(`/exports/${kind}.${format}?${query}`);
  const links = tableLinks(hrefOf, (format) => `${what}, ${format}`);
  if (kind === 'plan') links.push({ label: 'OFDS', href: hrefOf('json'), spoken: `${what}, OFDS` });
  return <DownloadLinks what={what} count={count} links={links} />;
}
