import { useEffect } from 'preact/hooks';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea, dialog, [role=combobox]') !== null;

/** Escape ends a tool of the map wherever the focus is, save where one types. */
export function useToolEscape(end: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || isTyping(event.target)) return;
      event.preventDefault();
      end();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}
