import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { Icon } from '../ui/icon.tsx';

const backShownMs = 3_000;

/** Says that the server or its database is away, and that it is back. */
export function OutageBanner({ app }: { app: AppContext }) {
  const outage = app.reachability.outage.value;
  const recoveries = app.reachability.recoveries.value;
  const [back, setBack] = useState(false);
  useEffect(() => {
    if (recoveries === 0) return undefined;
    setBack(true);
    const timer = setTimeout(() => setBack(false), backShownMs);
    return () => clearTimeout(timer);
  }, [recoveries]);
  return (
    <output class="banner-place">
      {outage && (
        <p class="banner banner-bad">
          <Icon name="warning" /> {t(outage === 'server' ? 'app.offline' : 'app.database_away')}
        </p>
      )}
      {!outage && back && (
        <p class="banner banner-good">
          <Icon name="check" /> {t('app.back_online')}
        </p>
      )}
    </output>
  );
}
