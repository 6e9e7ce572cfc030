import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { useEscape } from './use-escape.ts';

interface PopoverProps {
  /** What the button shows. */
  summary: ComponentChildren;
  label: string;
  class?: string;
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small dialog below it; Escape, a click outside or leaving it by Tab closes it. */
export function Popover({ summary, label, children, ...rest }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  useEscape(root, open ? close : null);
  return (
    <div class={`popover ${rest.class ?? ''}`} ref={root}>
      <button
        type="button"
        ref={button}
        class="popover-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {summary}
        <Icon name="chevron" size={16} />
      </button>
      {open && (
        <dialog open class="popover-body" id={id} aria-label={label}>
          {children(close)}
        </dialog>
      )}
    </div>
  );
}
