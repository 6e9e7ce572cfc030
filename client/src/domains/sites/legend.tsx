import { t } from '../../i18n/index.ts';
import { palette } from '../../map/palette.ts';
import type { AppContext } from '../../state/app-context.ts';

interface DotProps {
  fill: string;
  stroke?: string;
  inner?: boolean;
}

function Dot({ fill, stroke = palette.siteRim, inner = false }: DotProps) {
  return (
    <svg class="swatch" viewBox="0 0 24 20" aria-hidden="true">
      <circle cx="12" cy="10" r="6" fill={fill} stroke={stroke} stroke-width={stroke === palette.siteRim ? 0.8 : 2.5} />
      {inner && <circle cx="12" cy="10" r="2.2" fill="#ffffff" />}
    </svg>
  );
}

export function SitesLegend({ app }: { app: AppContext }) {
  const operators = app.reference.operators.state.value.data?.items ?? [];
  const chosen = app.url.state.value.filter.operator;
  const shown = chosen ? operators.filter((operator) => operator.code === chosen) : operators;
  return (
    <>
      <ul class="legend-list legend-columns">
        {shown.map((operator) => (
          <li key={operator.code}>
            <Dot fill={operator.colour} />
            {operator.name}
          </li>
        ))}
      </ul>
      <ul class="legend-list">
        <li>
          <Dot fill={palette.shared} inner />
          {t('sites.legend_shared')}
        </li>
        <li>
          <svg class="swatch" viewBox="0 0 24 20" aria-hidden="true">
            <circle cx="12" cy="10" r="8.5" fill="#ffffff" stroke={palette.cluster} stroke-width="1.3" />
            <text x="12" y="13.5" text-anchor="middle" class="swatch-text">
              9
            </text>
          </svg>
          {t('sites.legend_cluster')}
        </li>
        <li>
          <Dot fill={palette.site} stroke={palette.expired} />
          {t('sites.legend_expired')}
        </li>
        <li>
          <Dot fill={palette.site} stroke={palette.due} />
          {t('sites.legend_due')}
        </li>
      </ul>
    </>
  );
}
