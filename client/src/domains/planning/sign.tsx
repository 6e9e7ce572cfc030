import type { SuggestionKind } from '../../../../server/contract/planning.ts';
import { planningColours } from '../../map/palette.ts';
import { markPaths, type SignKind, signColour, suggestionPaths } from './signs.ts';

/** The sign of a change, as on the map. */
export function ChangeSign({ kind }: { kind: SignKind }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="12" fill={signColour(kind)} />
      <path
        d={markPaths[kind]}
        fill="none"
        stroke="#fff"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** The sign of a suggestion with its rank, as on the map. */
export function SuggestionSign({ kind, rank }: { kind: SuggestionKind; rank?: number }) {
  return (
    <svg class="sign sign-suggestion" viewBox="0 0 26 26" aria-hidden="true">
      <path
        d={suggestionPaths[kind]}
        fill={planningColours.suggestion}
        stroke={planningColours.suggestionRim}
        stroke-width="1.8"
      />
      {rank !== undefined && (
        <text x="13" y="17.5" text-anchor="middle" fill={planningColours.suggestionText}>
          {rank}
        </text>
      )}
    </svg>
  );
}

/** Area gained or lost, as on the map: what is lost is hatched. */
export function AreaSwatch({ kind }: { kind: 'gained' | 'lost' }) {
  const colour = planningColours[kind];
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="1" y="1" width="22" height="14" rx="2" fill={colour} fill-opacity=".4" stroke={colour} />
      {kind === 'lost' && <path d="M2 2l12 12M10 2l12 12" stroke={colour} />}
    </svg>
  );
}
