import { Icon } from '../../ui/icon.tsx';

/** More than these are folded away: the figures come first. */
const openWarnings = 2;

/** What a what-if took for granted, and what a reader of its figures must know; nothing when there is nothing to say. */
export function Warnings({ warnings, title }: { warnings: readonly string[]; title: string }) {
  if (warnings.length === 0) return null;
  return (
    <details class="plan-warnings" open={warnings.length <= openWarnings}>
      <summary>
        <Icon name="info" size={16} /> {title}
      </summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </details>
  );
}
