import type { GapItem } from '../../../../server/contract/wire.ts';
import { gapColours, palette } from '../../map/palette.ts';

/** A swatch of a class; unknown is hatched, as on the map. */
export function ClassSwatch({ colour }: { colour: string | null }) {
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="23" height="15" rx="2" fill={colour ?? palette.unknown} stroke="#00000022" />
      {colour === null && (
        <path d="M-2 10 8 0M2 16 18 0M12 16 26 2" stroke={palette.unknownHatch} stroke-width="1.6" fill="none" />
      )}
    </svg>
  );
}

/** The mark of a kind of gap, as on the map: hatched one way, or for grey spots closer and the other colour. */
export function GapSwatch({ kind }: { kind: GapItem['kind'] }) {
  const colour = gapColours[kind];
  const hatch = kind === 'grey' ? 'M2 9l6 6M2 2l13 13M8 2l13 13M15 2l7 7' : 'M2 2l12 12M10 2l12 12';
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="1" y="1" width="22" height="14" rx="2" fill={colour} fill-opacity=".2" stroke={colour} />
      <path d={hatch} stroke={colour} />
    </svg>
  );
}

/** A measured point of a class, as on the map: what is below the threshold is larger. */
export function MeasuredSwatch({ colour, below }: { colour: string; below: boolean }) {
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <circle cx="12" cy="8" r={below ? 6.5 : 4.5} fill={colour} stroke={below ? '#3a1200' : '#ffffff'} />
    </svg>
  );
}
