import { useEffect, useRef } from 'preact/hooks';
import type { ClientDomain } from '../domain.ts';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { formatSelection } from '../state/selection.ts';
import { Button } from '../ui/button.tsx';
import { useEscape } from '../ui/use-escape.ts';

/** What is selected, beside the map. The focus goes there when something is selected, and back when it is closed. */
export function DetailsCard({ app, domains }: { app: AppContext; domains: readonly ClientDomain[] }) {
  const { selection } = app.url.state.value;
  const card = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  const key = selection ? formatSelection(selection) : '';
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (key === '') {
      // Only now: on a phone the sheet could not take the focus while the details stood in its place.
      const back = before.current;
      before.current = null;
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
      return;
    }
    // On a phone the details take the place of the sheet; what lies behind must leave the map free.
    if (app.session.sheet.peek() === 'full') app.session.sheet.value = 'half';
    if (!card.current?.contains(document.activeElement)) before.current = document.activeElement;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollTo(0, 0);
  }, [key]);

  const close = (): void => {
    app.url.change({ selection: null });
  };
  useEscape(card, key === '' ? null : close);

  const Content = selection && domains.map((domain) => domain.details?.[selection.kind]).find(Boolean);
  if (!selection || !Content) return null;
  return (
    <aside class="details" aria-label={t('app.details')} tabIndex={-1} ref={card}>
      <Button kind="icon" icon="close" label={t('app.close')} class="details-close" onClick={close} />
      <Content key={key} id={selection.id} />
    </aside>
  );
}
