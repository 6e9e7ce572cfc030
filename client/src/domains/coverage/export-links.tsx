import { language, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { Icon } from '../../ui/icon.tsx';

const formats = ['csv', 'xlsx', 'geojson'] as const;

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
  return (
    <fieldset class="exports coverage-exports" aria-label={t('export.title')}>
      <span class="exports-count">
        <Icon name="download" size={16} /> {t('export.title')} ({number(count)})
      </span>
      {formats.map((format) => (
        <a
          key={format}
          class="button button-plain"
          href={app.api.href(`/exports/${what}.${format}?${query}&lang=${language.value}`)}
          download
          aria-label={t(`export.label_${what}`, { count, format: t(`export.${format}`) })}
        >
          {t(`export.${format}`)}
        </a>
      ))}
    </fieldset>
  );
}
