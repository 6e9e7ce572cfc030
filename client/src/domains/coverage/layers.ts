import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { GapItem } from '../../../../server/contract/wire.ts';
import { expression } from '../../map/expression.ts';
import { gapColours, palette } from '../../map/palette.ts';
import { classColours, unknownClass } from './classes.ts';

export const unknownPattern = 'coverage-unknown-hatch';
export const gapPattern = 'coverage-gap-hatch';
export const greyPattern = 'coverage-grey-hatch';

const classState: ExpressionSpecification = ['coalesce', ['feature-state', 'cls'], -2];
const transparent = 'rgba(0,0,0,0)';

function classFill(): ExpressionSpecification {
  const known = classColours.flatMap((colour, index) => [['==', classState, index], colour]);
  return expression(['case', ...known, ['==', classState, unknownClass], palette.unknown, transparent]);
}

export interface CoverageLayerOptions {
  selectedCommune: number | null;
  selectedGap: number | null;
  district: string | undefined;
  gapKind: GapItem['kind'];
}

/** Choropleth of people covered, modelled coverage and gaps. */
export function coverageLayers({
  selectedCommune,
  selectedGap,
  district,
  gapKind,
}: CoverageLayerOptions): LayerSpecification[] {
  const gapColour = gapColours[gapKind];
  const ofKind: FilterSpecification = ['==', ['get', 'kind'], gapKind];
  const communes = { source: 'communes', 'source-layer': 'communes' } as const;
  const gaps = { source: 'gaps', 'source-layer': 'gaps' } as const;
  const area = { source: 'coverage', 'source-layer': 'coverage' } as const;
  const inside: ExpressionSpecification | number = district
    ? ['case', ['==', ['get', 'parent_code'], district], 1, 0.35]
    : 1;
  return [
    {
      id: 'coverage-communes-fill',
      type: 'fill',
      ...communes,
      paint: { 'fill-color': classFill(), 'fill-opacity': inside },
    },
    {
      id: 'coverage-communes-unknown',
      type: 'fill',
      ...communes,
      paint: {
        'fill-pattern': unknownPattern,
        'fill-opacity': ['case', ['==', classState, unknownClass], 1, 0],
      },
    },
    {
      id: 'coverage-communes-selected',
      type: 'line',
      ...communes,
      filter: ['==', ['id'], selectedCommune ?? -1],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.selection, 'line-width': 3 },
    },
    {
      id: 'coverage-area-fill',
      type: 'fill',
      ...area,
      paint: { 'fill-color': palette.coverageArea, 'fill-opacity': 0.22, 'fill-antialias': false },
    },
    {
      id: 'coverage-area-outline',
      type: 'line',
      ...area,
      minzoom: 9,
      paint: { 'line-color': palette.coverageArea, 'line-width': 0.8, 'line-opacity': 0.55 },
    },
    {
      id: 'coverage-gaps-fill',
      type: 'fill',
      ...gaps,
      filter: ofKind,
      paint: { 'fill-color': gapColour, 'fill-opacity': 0.2 },
    },
    {
      id: 'coverage-gaps-pattern',
      type: 'fill',
      ...gaps,
      filter: ofKind,
      paint: { 'fill-pattern': gapKind === 'grey' ? greyPattern : gapPattern, 'fill-opacity': 0.75 },
    },
    {
      id: 'coverage-gaps-outline',
      type: 'line',
      ...gaps,
      filter: ofKind,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': gapColour, 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.6, 12, 1.6] },
    },
    {
      id: 'coverage-gaps-selected',
      type: 'line',
      ...gaps,
      filter: ['==', ['id'], selectedGap ?? -1],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.selection, 'line-width': 3.5 },
    },
  ];
}
