import { t, term } from '../../i18n/index.ts';
import { broadcastColours } from '../../map/palette.ts';
import { NoTerrainItem } from '../../ui/no-terrain-item.tsx';
import type { BroadcastData } from './data.ts';

function AreaSwatch() {
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="22"
        height="14"
        rx="2"
        fill={broadcastColours.area}
        fill-opacity=".28"
        stroke={broadcastColours.area}
      />
    </svg>
  );
}

/** The sign of a transmitter, as on the map. */
export function TransmitterSwatch() {
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <path d="M12 1.500 19.500 14.500h-15Z" fill="#fff" stroke={broadcastColours.sign} stroke-width="1.600" />
      <circle cx="12" cy="8" r="1.500" fill={broadcastColours.sign} />
      <path d="M12 9v4.500" stroke={broadcastColours.sign} stroke-width="1.400" />
    </svg>
  );
}

/** What the area on the map is of: the selected transmitter, or any of the service. */
export function BroadcastLegend({ data }: { data: BroadcastData }) {
  const selected = data.selected.value;
  const subject = selected
    ? selected.name
    : t('broadcast.any_transmitter', { service: term('service', data.service.value) });
  return (
    <ul class="legend-list">
      <li>
        <AreaSwatch />
        {`${t('broadcast.legend_area')} · ${subject}`}
      </li>
      <li>
        <TransmitterSwatch />
        {`${t('broadcast.transmitter')} · ${term('service', data.service.value)}`}
      </li>
      <NoTerrainItem km2={data.list.state.value.data?.run?.no_terrain_km2 ?? null} />
    </ul>
  );
}
