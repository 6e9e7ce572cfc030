import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';

/** As many are always seen, the weightiest first; further ones are folded away, since the figures come first. */
const SHOWN = 2;

function List({ warnings }: { warnings: readonly string[] }) {
  return (
    <ul>
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}

/** What a what-if took for granted, and what a reader of its figures must know; nothing when there is nothing to say. */
export function Warnings({ warnings, title }: { warnings: readonly string[]; title: string }) {
  if (warnings.length === 0) return null;
  const more = warnings.slice(SHOWN);
  return (
    <section class="plan-warnings" aria-label={title}>
      <p>
        <Icon name="info" size={16} /> {title}
      </p>
      <List warnings={warnings.slice(0, SHOWN)} />
      {more.length > 0 && (
        <details>
          <summary>{t('planning.more_warnings', { count: more.length })}</summary>
          <List warnings={more} />
        </details>
      )}
    </section>
  );
}
