import { t, term } from '../../i18n/index.ts';
import { deploymentColours, palette } from '../../map/palette.ts';

const dashes = { duct: undefined, buried: '7 3', aerial: '3 2.5' } as const;

export function SpansLegend() {
  return (
    <ul class="legend-list">
      {(['duct', 'buried', 'aerial'] as const).map((deployment) => (
        <li key={deployment}>
          <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
            <path
              d="M1 8h22"
              stroke={deploymentColours[deployment]}
              stroke-width="3"
              stroke-dasharray={dashes[deployment]}
            />
          </svg>
          {term('deployment', deployment)}
        </li>
      ))}
    </ul>
  );
}

export function NodesLegend() {
  return (
    <ul class="legend-list">
      <li>
        <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
          <circle cx="12" cy="8" r="6.5" fill={palette.core} />
        </svg>
        {t('node.core')}
      </li>
      <li>
        <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
          <circle cx="12" cy="8" r="5" fill="#ffffff" stroke={palette.node} stroke-width="2.2" />
        </svg>
        {t('node.district')}
      </li>
      <li>
        <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
          <circle cx="12" cy="8" r="3" fill="#ffffff" stroke={palette.node} stroke-width="1.4" />
        </svg>
        {`${t('node.commune')}, ${t('node.site').toLowerCase()}, ${t('node.joint').toLowerCase()}`}
      </li>
    </ul>
  );
}
