import { language, number, t } from '../i18n/index.ts';
import { Icon } from './icon.tsx';

interface DownloadLink {
  label: string;
  href: string;
  /** The whole of it, for those who only hear it. */
  spoken: string;
}

interface DownloadLinksProps {
  /** What is downloaded, where the page has several groups. */
  what?: string;
  /** Rows of the file. */
  count?: number;
  links: readonly DownloadLink[];
}

const tableFormats = ['csv', 'xlsx', 'geojson'] as const;

/**
 * Links to an export in the formats of every list, in the language of the page.
 * @param hrefOf the address of the file with this extension, its query last
 */
export function tableLinks(hrefOf: (format: string) => string, spoken: (format: string) => string): DownloadLink[] {
  return tableFormats.map((format) => {
    const label = t(`export.${format}`);
    return { label, href: `${hrefOf(format)}&lang=${language.value}`, spoken: spoken(label) };
  });
}

/** Links that download files, as one group. */
export function DownloadLinks({ what, count, links }: DownloadLinksProps) {
  const title = t('export.title');
  return (
    <fieldset class="exports" aria-label={what ? `${title}: ${what}` : title}>
      <span class="exports-count">
        <Icon name="download" size={16} /> {count === undefined ? title : `${title} (${number(count)})`}
      </span>
      {links.map(({ label, href, spoken }) => (
        <a key={href} class="button button-plain" href={href} download aria-label={spoken}>
          {label}
        </a>
      ))}
    </fieldset>
  );
}
