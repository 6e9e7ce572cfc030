import type {
  ExpressionSpecification,
  LayerSpecification,
  VariableAnchorOffsetCollectionSpecification,
} from 'maplibre-gl';
import type { Operator } from '../../../../server/contract/wire.ts';
import { expression } from '../../map/expression.ts';
import { palette } from '../../map/palette.ts';
import { labelFont } from '../../map/style.ts';
import type { Language } from '../../state/url-state.ts';

/** An empty picture of the size of a site's sign. */
export const roomImage = 'sites-room';

const isCluster: ExpressionSpecification = ['has', 'count'];
const isPoint: ExpressionSpecification = ['!', ['has', 'count']];
/** `operators` is a comma-separated list. */
const isShared: ExpressionSpecification = ['in', ',', ['coalesce', ['get', 'operators'], '']];

const radius: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 8, 2.6, 10, 4, 12, 6, 15, 9];
const dotRadius: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 8, 1, 10, 1.5, 12, 2.2, 15, 3.4];
const clusterRadius: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['sqrt', ['get', 'count']],
  1,
  7,
  4,
  10.5,
  10,
  15,
  25,
  24,
];

/** A number moves aside (ems) for the sign of a district centre: that of a large group stays within its circle. */
const numberPlaces: VariableAnchorOffsetCollectionSpecification = [
  [0, 0] as const,
  ...[0.4, 0.8].flatMap((step) => [[step, 0] as const, [-step, 0] as const, [0, step] as const, [0, -step] as const]),
].flatMap(([right, down]) => ['center', [right, down]]);

/** The operator's colour for a site of one operator, or of the operator filtered by; a neutral one for a shared site. */
export function siteColour(
  operators: readonly Operator[],
  chosen: string | undefined,
): string | ExpressionSpecification {
  const own = operators.find((operator) => operator.code === chosen);
  if (own) return own.colour;
  const pairs = operators.flatMap(({ code, colour }) => [code, colour]);
  if (pairs.length === 0) return palette.site;
  const single = ['match', ['coalesce', ['get', 'operators'], ''], ...pairs, palette.site];
  return expression(['case', isShared, palette.shared, single]);
}

export interface SiteLayerOptions {
  operators: readonly Operator[];
  chosenOperator: string | undefined;
  selectedId: number | null;
  language: Language;
}

export function siteLayers(options: SiteLayerOptions): LayerSpecification[] {
  const source = { source: 'sites', 'source-layer': 'sites' } as const;
  return [
    {
      id: 'sites-clusters-circle',
      type: 'circle',
      ...source,
      filter: isCluster,
      paint: {
        'circle-color': ['interpolate', ['linear'], ['get', 'count'], 2, '#ffffff', 40, '#cfe6ea', 200, '#9fcbd4'],
        'circle-opacity': 0.92,
        'circle-radius': clusterRadius,
        'circle-stroke-color': palette.cluster,
        'circle-stroke-width': 1.3,
      },
    },
    {
      id: 'sites-points-circle',
      type: 'circle',
      ...source,
      filter: isPoint,
      paint: {
        'circle-color': siteColour(options.operators, options.chosenOperator),
        'circle-radius': radius,
        'circle-opacity': ['match', ['get', 'status'], ['planned', 'removed'], 0.35, 0.95],
        'circle-stroke-color': [
          'match',
          ['get', 'certificate'],
          'expired',
          palette.expired,
          'due',
          palette.due,
          palette.siteRim,
        ],
        'circle-stroke-width': ['match', ['get', 'certificate'], ['expired', 'due'], 2.2, 0.8],
      },
    },
    {
      id: 'sites-points-shared',
      type: 'circle',
      ...source,
      filter: ['all', isPoint, isShared],
      paint: { 'circle-color': '#ffffff', 'circle-radius': dotRadius },
    },
    {
      id: 'sites-points-selected',
      type: 'circle',
      ...source,
      filter: ['==', ['id'], options.selectedId ?? -1],
      paint: {
        'circle-color': 'rgba(0,0,0,0)',
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 9, 15, 17],
        'circle-stroke-color': palette.selection,
        'circle-stroke-width': 3,
      },
    },
    {
      // Draws nothing: it keeps the names of communes off the sites.
      id: 'sites-points-room',
      type: 'symbol',
      ...source,
      minzoom: 10,
      filter: isPoint,
      layout: { 'icon-image': roomImage, 'icon-allow-overlap': true, 'icon-ignore-placement': false },
    },
    {
      id: 'sites-points-label',
      type: 'symbol',
      ...source,
      minzoom: 12.5,
      filter: isPoint,
      layout: {
        'text-field': ['get', 'code'],
        'text-font': [labelFont],
        'text-size': 11,
        'text-anchor': 'top',
        'text-offset': [0, 0.9],
        'text-optional': true,
      },
      paint: { 'text-color': palette.label, 'text-halo-color': palette.labelHalo, 'text-halo-width': 1.6 },
    },
    {
      id: 'sites-clusters-count',
      type: 'symbol',
      ...source,
      filter: isCluster,
      layout: {
        'text-field': ['number-format', ['get', 'count'], { locale: options.language === 'vi' ? 'vi-VN' : 'en-GB' }],
        'text-font': [labelFont],
        'text-size': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 10, 10, 13],
        // Where there is no room for all, the larger groups say how many they are.
        'symbol-sort-key': ['-', 0, ['get', 'count']],
        'text-padding': 0,
        'text-line-height': 0.9,
        'text-variable-anchor-offset': numberPlaces,
      },
      paint: { 'text-color': palette.clusterText, 'text-halo-color': palette.labelHalo, 'text-halo-width': 0.8 },
    },
  ];
}
