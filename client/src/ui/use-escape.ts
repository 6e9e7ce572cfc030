import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Calls `onEscape` when Escape is pressed inside the element; null: not now. */
export function useEscape(element: RefObject<HTMLElement | null>, onEscape: (() => void) | null): void {
  useEffect(() => {
    const target = element.current;
    if (!target || !onEscape) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onEscape();
    };
    target.addEventListener('keydown', listen);
    return () => target.removeEventListener('keydown', listen);
  });
}
