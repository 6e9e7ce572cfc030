import { number, t } from '../i18n/index.ts';
import { palette } from '../map/palette.ts';

/** Ground without heights: lines across, as on the map. */
function NoTerrainSwatch() {
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="23" height="15" rx="2" fill={palette.unknown} stroke="#00000022" />
      <path d="M1 4.2h22M1 9.2h22M1 14.2h22" stroke={palette.noTerrainHalo} />
      <path d="M1 3.2h22M1 8.2h22M1 13.2h22" stroke={palette.noTerrain} />
    </svg>
  );
}

/** A line of a legend: the mark of ground without heights, in words too; nothing where the run used no terrain, or has all heights. */
export function NoTerrainItem({ km2 }: { km2: number | null }) {
  if (km2 === null) return null;
  return (
    <li>
      <NoTerrainSwatch />
      <span>{t('coverage.legend_no_terrain')}</span>
      <span class="legend-count">{`${number(km2, km2 < 10 ? 1 : 0)} km²`}</span>
    </li>
  );
}
