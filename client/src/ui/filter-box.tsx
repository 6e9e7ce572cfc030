import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { Button } from './button.tsx';

/** The conditions above a list. On a phone they are folded away until asked for: the list comes first. */
export function FilterBox({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <div class={open ? 'filter-box filter-box-open' : 'filter-box'}>
      <Button kind="quiet" icon="filter" class="filter-toggle" expanded={open} onClick={() => setOpen(!open)}>
        {t('filter.title')}
      </Button>
      <div class="filter-body">{children}</div>
    </div>
  );
}
