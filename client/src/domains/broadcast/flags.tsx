import type { BroadcastFlag } from '../../../../server/contract/broadcast.ts';
import { t, term } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { isDoubt } from './words.ts';

/** What stretches the figures, in words; a list under its heading. */
export function Flags({ flags }: { flags: readonly BroadcastFlag[] }) {
  if (flags.length === 0) return null;
  return (
    <section aria-label={t('broadcast.flags')}>
      <h3>{t('broadcast.flags')}</h3>
      <ul class="plain-list">
        {flags.map((flag) => (
          <li key={flag}>
            <Icon name={isDoubt(flag) ? 'warning' : 'info'} size={16} /> {term('broadcast_flag', flag)}
          </li>
        ))}
      </ul>
    </section>
  );
}
