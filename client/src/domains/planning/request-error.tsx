import type { ApiError } from '../../api/api-error.ts';
import { t } from '../../i18n/index.ts';
import { problemText } from '../../i18n/problem-text.ts';
import { LoadError } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { refusedChanges } from './refused-changes.ts';

/** What is refused is not asked again: something else has to be asked. */
function Refused({ error }: { error: ApiError }) {
  const changes = [...refusedChanges(error)];
  return (
    <div class="notice notice-error" role="alert">
      <Icon name="warning" />
      <div>
        {changes.length === 0 && <p>{problemText(error)}</p>}
        {changes.map(([index, reason]) => (
          <p key={index}>{t('planning.change_refused', { no: index + 1, reason })}</p>
        ))}
      </div>
    </div>
  );
}

/** Why there is no answer: what is refused and why, that the server is busy, or that it cannot be reached. */
export function RequestError({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  if (error.isRefused) return <Refused error={error} />;
  if (!error.isBusy) {
    return <LoadError error={error} onRetry={onRetry} />;
  }
  return (
    <div class="notice notice-warn" role="alert">
      <Icon name="warning" />
      <div>
        <p>{t('problem.planning-busy')}</p>
        <Button onClick={onRetry}>{t('app.retry')}</Button>
      </div>
    </div>
  );
}
