import { useEffect } from 'preact/hooks';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea, dialog, [role=combobox]') !== null;

/**
 * Keys of a tool of the map wherever the focus is, save where one types: Escape ends it, Backspace takes the last step
 * back. What has its own Escape keeps it to itself.
 */
export function useToolKeys({ end, undo }: { end: () => void; undo?: () => void }): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const act = event.key === 'Escape' ? end : event.key === 'Backspace' ? undo : undefined;
      if (!act || isTyping(event.target)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}
