import { t } from '../i18n/index.ts';
import { Icon } from './icon.tsx';

interface DownloadLinksProps {
  /** What is downloaded, for those who only hear it. */
  what: string;
  links: readonly { label: string; href: string }[];
}

/** Links that download files, as one group. */
export function DownloadLinks({ what, links }: DownloadLinksProps) {
  return (
    <fieldset class="exports exports-tight" aria-label={`${t('export.title')}: ${what}`}>
      <span class="exports-count">
        <Icon name="download" size={16} /> {t('export.title')}
      </span>
      {links.map(({ label, href }) => (
        <a key={href} class="button button-plain" href={href} download aria-label={`${what}, ${label}`}>
          {label}
        </a>
      ))}
    </fieldset>
  );
}
