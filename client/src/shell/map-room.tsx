import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ClientDomain, HoverText } from '../domain.ts';
import { t } from '../i18n/index.ts';
import type { MapHandle } from '../map/create-map.ts';
import type { AppContext } from '../state/app-context.ts';
import { Button } from '../ui/button.tsx';
import { FilterChips } from './filter-chips.tsx';
import { LegendCard } from './legend-card.tsx';

export interface Pointed {
  text: HoverText;
  x: number;
  y: number;
}

/** What the map room and the map share. */
export interface MapRoomState {
  handle: MapHandle | null;
  pointed: ReturnType<typeof signal<Pointed | null>>;
  isDrawing: ReturnType<typeof signal<boolean>>;
}

export function createMapRoomState(): MapRoomState {
  return { handle: null, pointed: signal<Pointed | null>(null), isDrawing: signal(true) };
}

const tipGap = 14;

function Tip({ room, width }: { room: MapRoomState; width: () => number }) {
  const pointed = room.pointed.value;
  if (!pointed) return null;
  const left = pointed.x > width() - 260;
  return (
    <div
      class="tip"
      aria-hidden="true"
      style={{
        transform: `translate(${pointed.x + (left ? -tipGap : tipGap)}px, ${pointed.y + tipGap}px)${left ? ' translateX(-100%)' : ''}`,
      }}
    >
      <strong>{pointed.text.title}</strong>
      {pointed.text.lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

interface MapRoomProps {
  app: AppContext;
  domains: readonly ClientDomain[];
  room: MapRoomState;
  onContainer: (container: HTMLElement) => void;
}

/** The map with what lies over it: filter, legend, zoom buttons, the text at the pointer. */
export function MapRoom({ app, domains, room, onContainer }: MapRoomProps) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current) onContainer(container.current);
  }, []);
  const { mapStatus } = app.session;
  const tools = domains.flatMap(({ id, tool }) => (tool ? [{ id, tool }] : []));
  return (
    <section class="map-room" id="map" aria-label={t('map.label')} tabIndex={-1}>
      <div class="map" ref={container} data-map={mapStatus.value} data-drawing={room.isDrawing.value} />
      <FilterChips app={app} />
      {mapStatus.value === 'failed' && <p class="map-failed notice notice-warn">{t('map.failed')}</p>}
      {mapStatus.value === 'loading' && <p class="map-loading">{t('map.loading')}</p>}
      <Tip room={room} width={() => container.current?.clientWidth ?? 0} />
      <div class="map-buttons">
        <Button kind="icon" icon="plus" label={t('map.zoom_in')} onClick={() => room.handle?.zoomBy(1)} />
        <Button kind="icon" icon="minus" label={t('map.zoom_out')} onClick={() => room.handle?.zoomBy(-1)} />
        <Button kind="icon" icon="home" label={t('map.home')} onClick={() => room.handle?.goHome()} />
        {tools.map(({ id, tool: { Button: ToolButton } }) => (
          <ToolButton key={id} />
        ))}
      </div>
      {tools.map(({ id, tool: { Card } }) => (
        <Card key={id} />
      ))}
      <LegendCard app={app} domains={domains} />
    </section>
  );
}
