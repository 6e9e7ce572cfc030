import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import { t } from '../../i18n/index.ts';
import { connectivityColours, palette } from '../../map/palette.ts';
import { markPaths, signPaths } from './signs.ts';

type Status = DistrictConnectivity['status'];

/** The sign of a status, the same as on the map. */
export function StatusSign({ status }: { status: Status }) {
  return (
    <svg class="sign" viewBox="0 0 26 26" aria-hidden="true">
      <path d={signPaths[status]} fill={connectivityColours[status]} />
      <path
        d={markPaths[status]}
        fill="none"
        stroke={status === 'single' ? '#1c1c1c' : '#ffffff'}
        stroke-width="2.6"
        stroke-linecap="round"
      />
    </svg>
  );
}

export function ConnectivityLegend() {
  return (
    <ul class="legend-list">
      {(['dual', 'single', 'none'] as const).map((status) => (
        <li key={status}>
          <StatusSign status={status} />
          <span>
            {t(`connectivity.${status}`)} <small>({t(`connectivity_hint.${status}`)})</small>
          </span>
        </li>
      ))}
      <li>
        <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
          <path d="M1 4.500h22" stroke={palette.path} stroke-width="4" />
          <path d="M1 11.500h22" stroke={palette.path2} stroke-width="4" />
        </svg>
        {`${t('connectivity.path_first')}, ${t('connectivity.path_second').toLowerCase()}`}
      </li>
    </ul>
  );
}

export function BridgesLegend() {
  return (
    <ul class="legend-list">
      <li>
        <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
          <path d="M1 8h22" stroke={palette.bridge} stroke-opacity=".55" stroke-width="9" stroke-linecap="round" />
          <path d="M1 8h22" stroke="#5b2a86" stroke-width="2.4" />
        </svg>
        {t('connectivity.legend_bridge')}
      </li>
    </ul>
  );
}
