import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface NoticeProps {
  tone: 'info' | 'warn' | 'error';
  children: ComponentChildren;
}

/** A sentence that must not be overlooked, with its sign; an error is said at once to those who only hear it. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <p class={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <Icon name={tone === 'info' ? 'info' : 'warning'} />
      <span>{children}</span>
    </p>
  );
}
