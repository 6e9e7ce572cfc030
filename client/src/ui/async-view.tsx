import type { ComponentChildren } from 'preact';
import type { Resource } from '../api/resource.ts';
import { t } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface AsyncViewProps<T> {
  resource: Resource<T>;
  children: (data: T, fresh: boolean) => ComponentChildren;
  /** Lines of the placeholder while the first answer is under way. */
  lines?: number;
}

export function LoadError({ detail, status, onRetry }: { detail: string; status: number; onRetry: () => void }) {
  return (
    <div class="notice notice-error" role="alert">
      <Icon name="warning" />
      <div>
        <p>{status === 404 ? t('app.not_found') : detail ? t('app.error_detail', { detail }) : t('app.error')}</p>
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
    const detail = error.status === 0 ? '' : error.message;
    return <LoadError detail={detail} status={error.status} onRetry={resource.reload} />;
  }
  if (data === null) return <Skeleton lines={lines} />;
  return (
    <div class={status === 'loading' ? 'async async-stale' : 'async'} aria-busy={status === 'loading'}>
      {children(data, status === 'ready')}
    </div>
  );
}
