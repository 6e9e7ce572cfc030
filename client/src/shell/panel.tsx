import { useRef } from 'preact/hooks';
import type { ClientDomain } from '../domain.ts';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { TabList, TabPanel } from '../ui/tabs.tsx';
import { LayersPanel } from './layers-panel.tsx';

const heights = ['closed', 'half', 'full'] as const;
/** A drag shorter than this is a press (CSS pixels). */
const dragThreshold = 24;

/** On a phone the panel is a sheet over the map with three heights: drag it, or press its handle. */
function SheetHandle({ app }: { app: AppContext }) {
  const { sheet } = app.session;
  const start = useRef<number | null>(null);
  const move = (steps: number): void => {
    const index = Math.min(Math.max(heights.indexOf(sheet.value) + steps, 0), heights.length - 1);
    sheet.value = heights[index] ?? 'half';
  };
  return (
    <button
      type="button"
      class="sheet-handle"
      aria-label={t('app.sheet_handle')}
      aria-expanded={sheet.value !== 'closed'}
      onClick={() => {
        sheet.value = sheet.value === 'half' ? 'full' : 'half';
      }}
      onPointerDown={(event) => {
        start.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        const moved = event.clientY - (start.current ?? event.clientY);
        start.current = null;
        if (Math.abs(moved) < dragThreshold) return;
        event.preventDefault();
        event.currentTarget.addEventListener('click', (click) => click.stopImmediatePropagation(), {
          once: true,
          capture: true,
        });
        move(moved > 0 ? -1 : 1);
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') move(1);
        if (event.key === 'ArrowDown') move(-1);
      }}
    />
  );
}

/** The tabs and the open one of them. */
export function Panel({ app, domains }: { app: AppContext; domains: readonly ClientDomain[] }) {
  const { tab } = app.url.state.value;
  const tabs = domains.flatMap((domain) => domain.tab ?? []);
  const Current = tabs.find((item) => item.id === tab)?.Panel;
  const items = [
    ...tabs.map(({ id, label, icon }) => ({ id, label: t(label), icon })),
    { id: 'layers' as const, label: t('tab.layers'), icon: 'layers' as const },
  ];
  return (
    <main class={`panel sheet-${app.session.sheet.value}`} id="panel" tabIndex={-1} aria-label={t('app.panel')}>
      <SheetHandle app={app} />
      <TabList
        label={t('app.tabs')}
        items={items}
        current={tab}
        onSelect={(next) => {
          app.url.change({ tab: next });
          if (app.session.sheet.value === 'closed') app.session.sheet.value = 'half';
        }}
      />
      <TabPanel id={tab} key={tab}>
        {Current ? <Current /> : <LayersPanel app={app} domains={domains} />}
      </TabPanel>
    </main>
  );
}
