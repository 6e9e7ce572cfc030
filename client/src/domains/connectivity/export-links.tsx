import { language, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { DownloadLinks } from '../../ui/download-links.tsx';

const formats = ['csv', 'xlsx', 'geojson'] as const;

/** A list of the panel as a file, with the parameters of the list. */
export function ExportLinks({
  app,
  kind,
  what,
  query,
}: {
  app: AppContext;
  kind: 'connectivity' | 'plan';
  what: string;
  query: string;
}) {
  return (
    <DownloadLinks
      what={what}
      links={[
        ...formats.map((format) => ({
          label: t(`export.${format}`),
          href: app.api.href(`/exports/${kind}.${format}?${query}&lang=${language.value}`),
        })),
        ...(kind === 'plan' ? [{ label: 'OFDS', href: app.api.href(`/exports/plan.json?${query}`) }] : []),
      ]}
    />
  );
}
