import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import { t } from '../../i18n/index.ts';
import { connectivityColours, palette } from '../../map/palette.ts';
import type { ConnectivityData } from './data.ts';
import { markPaths, planPath, signPaths } from './signs.ts';

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

interface LineProps {
  text: string;
  colour: string;
  dash?: string;
}

function Line({ text, colour, dash }: LineProps) {
  return (
    <li>
      <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
        <path d="M1 8h22" stroke={colour} stroke-width="4" stroke-dasharray={dash} />
      </svg>
      {text}
    </li>
  );
}

/** A planned span with its numbered sign, the same as on the map. */
function PlanLine() {
  return (
    <li>
      <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
        <path d="M0 13.5h24" stroke={palette.plan} stroke-width="4" stroke-dasharray="6 3" />
        <path
          d={planPath}
          fill={palette.plan}
          stroke="#ffffff"
          stroke-width="3"
          transform="translate(6.4 -.8) scale(.4)"
        />
      </svg>
      {t('network.legend_plan')}
    </li>
  );
}

/** Statuses, and of paths, cut and plan what is on the map. */
export function ConnectivityLegend({ data, hasPlan }: { data: ConnectivityData; hasPlan: boolean }) {
  const states = [...data.spanStates.value.values()];
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
      {states.some(({ path }) => path === 1) && <Line text={t('connectivity.path_first')} colour={palette.path} />}
      {states.some(({ path }) => path === 2) && <Line text={t('connectivity.path_second')} colour={palette.path2} />}
      {states.some(({ path }) => path === 3) && <Line text={t('network.legend_reroute')} colour={palette.path} />}
      {data.outage.value.spans.length > 0 && <Line text={t('network.legend_cut')} colour={palette.cut} dash="4 3" />}
      {hasPlan && <PlanLine />}
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
