import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { GapItem } from '../../../../server/contract/wire.ts';
import { expression } from '../../map/expression.ts';
import { noTerrainLayer } from '../../map/no-terrain.ts';
import { bandColours, gapColours, measuredColours, palette } from '../../map/palette.ts';
import type { CoverageChoice } from '../../state/coverage-choice.ts';
import { bandLevels_db } from './bands.ts';
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

/** The bands lie in each other, the strongest drawn last; a run without bands has the covered area alone. */
const band: ExpressionSpecification = ['coalesce', ['get', 'level_db'], 0];

function bandFill(): ExpressionSpecification {
  const known = bandLevels_db.flatMap((level_db, index) => [level_db, bandColours[index]]);
  return expression(['match', band, ...known, bandColours[0]]);
}

/** Measured points: what is below the threshold is larger and rimmed dark, so that it shows without colours too. */
function measuredLayer(): LayerSpecification {
  const cls: ExpressionSpecification = ['get', 'cls'];
  const colours = measuredColours.flatMap((colour, index) => [index, colour]);
  const below: ExpressionSpecification = ['<', cls, 2];
  return {
    id: 'coverage-measurements-circle',
    type: 'circle',
    source: 'measurements',
    layout: { 'circle-sort-key': ['-', 0, cls] },
    paint: {
      'circle-color': expression(['match', cls, ...colours, palette.unknown]),
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, ['case', below, 3, 2], 13, ['case', below, 7, 5]],
      'circle-stroke-color': ['case', below, '#3a1200', '#ffffff'],
      'circle-stroke-width': 1,
    },
  };
}

export interface CoverageLayerOptions {
  selectedCommune: number | null;
  selectedGap: number | null;
  /** Ids of the communes of the district filtered by, also of an abolished one; null: all of the province. */
  shown: readonly number[] | null;
  gapKind: GapItem['kind'];
  /** Smaller gaps are left out, as in the list. */
  least: Pick<CoverageChoice, 'minPeople' | 'minAreaKm2'>;
}

/** Choropleth by the chosen rule, signal bands, gaps and measured points. */
export function coverageLayers({
  selectedCommune,
  selectedGap,
  shown,
  gapKind,
  least,
}: CoverageLayerOptions): LayerSpecification[] {
  const gapColour = gapColours[gapKind];
  const ofKind: FilterSpecification = [
    'all',
    ['==', ['get', 'kind'], gapKind],
    ['>=', ['get', 'people'], least.minPeople ?? 0],
    ['>=', ['get', 'area_km2'], least.minAreaKm2 ?? 0],
  ];
  const communes = { source: 'communes', 'source-layer': 'communes' } as const;
  const gaps = { source: 'gaps', 'source-layer': 'gaps' } as const;
  const area = { source: 'coverage', 'source-layer': 'coverage' } as const;
  const inside: ExpressionSpecification | number = shown
    ? ['case', ['in', ['id'], ['literal', [...shown]]], 1, 0.35]
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
      layout: { 'fill-sort-key': band },
      paint: { 'fill-color': bandFill(), 'fill-antialias': false },
    },
    {
      id: 'coverage-area-outline',
      type: 'line',
      ...area,
      minzoom: 9,
      filter: ['==', band, 0],
      paint: { 'line-color': palette.coverageArea, 'line-width': 0.8, 'line-opacity': 0.7 },
    },
    noTerrainLayer('coverage-communes-no-terrain', 'no_terrain'),
    noTerrainLayer('coverage-area-no-terrain', 'no_terrain'),
    {
      // Also where the centre alone is not known the rest is: only communes of which nothing is known are hatched here.
      id: 'coverage-unknown-pattern',
      type: 'fill',
      ...communes,
      paint: {
        'fill-pattern': unknownPattern,
        'fill-opacity': ['case', ['==', ['feature-state', 'unknown'], true], 1, 0],
      },
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
    measuredLayer(),
  ];
}
