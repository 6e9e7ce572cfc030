import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/api-error.ts';
import type { Resource } from '../api/resource.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface AsyncViewProps<T> {
  resource: Resource<T>;
  children: (data: T, fresh: boolean) => ComponentChildren;
  /** Lines of the placeholder while the first answer is under way. */
  lines?: number;
}

function loadErrorText(error: ApiError): string {
  if (error.status === 0) return t('app.error');
  return error.status === 404 ? t('app.not_found') : t('app.error_detail', { detail: problemText(error) });
}

export function LoadError({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  return (
    <div class="notice notice-error" role="alert">
      <Icon name="warning" />
      <div>
        <p>{loadErrorText(error)}</p>
        <Button onClick={onRetry}>{t('app.retry')}</Button>
      </div>
    </div>
  );
}

export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <output class="skeleton">
      <span class="visually-hidden">{t('app.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} class="skeleton-line" />
      ))}
    </output>
  );
}

/** The states of an answer: placeholder, content (dimmed while a newer one loads), error with a retry. */
export function AsyncView<T>({ resource, children, lines = 4 }: AsyncViewProps<T>) {
  const { status, data, error } = resource.state.value;
  if (status === 'error' && error) {
    return <LoadError error={error} onRetry={resource.reload} />;
  }
  if (data === null) return <Skeleton lines={lines} />;
  return (
    <div class={status === 'loading' ? 'async async-stale' : 'async'} aria-busy={status === 'loading'}>
      {children(data, status === 'ready')}
    </div>
  );
}
