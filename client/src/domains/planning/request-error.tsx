import type { ApiError } from '../../api/api-error.ts';
import { t } from '../../i18n/index.ts';
import { LoadError } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Why there is no answer: the server's own words, that it is busy, or that it cannot be reached. */
export function RequestError({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  if (!error.isBusy) {
    return <LoadError detail={error.status === 0 ? '' : error.message} status={error.status} onRetry={onRetry} />;
  }
  return (
    <div class="notice notice-warn" role="alert">
      <Icon name="warning" />
      <div>
        <p>{t('planning.busy')}</p>
        <Button onClick={onRetry}>{t('app.retry')}</Button>
      </div>
    </div>
  );
}
