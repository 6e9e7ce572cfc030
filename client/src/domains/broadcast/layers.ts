import type { Feature, FeatureCollection } from 'geojson';
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BroadcastService, TransmitterItem } from '../../../../server/contract/broadcast.ts';
import type { MapImage } from '../../domain.ts';
import { noTerrainLayer } from '../../map/no-terrain.ts';
import { broadcastColours, palette } from '../../map/palette.ts';
import { labelFont } from '../../map/style.ts';

export const transmitterSign = 'broadcast-transmitter';

/** A mast with its waves on a white ground: told from round sites by its shape. */
export const broadcastImages: readonly MapImage[] = [
  {
    id: transmitterSign,
    width: 26,
    height: 26,
    pixelRatio: 2,
    draw(context) {
      context.fillStyle = '#ffffff';
      context.strokeStyle = broadcastColours.sign;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(13, 2.5);
      context.lineTo(24, 23);
      context.lineTo(2, 23);
      context.closePath();
      context.fill();
      context.stroke();
      context.fillStyle = broadcastColours.sign;
      context.beginPath();
      context.arc(13, 12.5, 2.4, 0, 2 * Math.PI);
      context.fill();
      context.beginPath();
      context.moveTo(13, 14);
      context.lineTo(13, 21);
      context.stroke();
    },
  },
];

/** The transmitters of the list as points of the map. */
export function transmitterFeatures(items: readonly TransmitterItem[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: items.map(
      ({ id, code, name, lon, lat }): Feature => ({
        type: 'Feature',
        id,
        properties: { code, name },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      }),
    ),
  };
}

export interface BroadcastLayerOptions {
  service: BroadcastService;
  /** The transmitter whose area is shown instead of that of the service. */
  selected: { id: number; code: string } | null;
}

/** The area of the selected transmitter, or that of any transmitter of the service; the signs of transmitters. */
export function broadcastLayers({ service, selected }: BroadcastLayerOptions): LayerSpecification[] {
  const ofSubject: FilterSpecification = selected
    ? ['==', ['get', 'transmitter'], selected.code]
    : ['all', ['==', ['get', 'service'], service], ['!', ['has', 'transmitter']]];
  const area = { source: 'broadcast', 'source-layer': 'broadcast', filter: ofSubject } as const;
  const points = { source: 'broadcast-transmitters' } as const;
  return [
    {
      id: 'broadcast-area-fill',
      type: 'fill',
      ...area,
      paint: { 'fill-color': broadcastColours.area, 'fill-opacity': 0.28, 'fill-antialias': false },
    },
    {
      id: 'broadcast-area-outline',
      type: 'line',
      ...area,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': broadcastColours.area,
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.8, 12, 1.8],
        'line-opacity': 0.8,
      },
    },
    noTerrainLayer('broadcast-area-no-terrain', 'broadcast_no_terrain'),
    {
      id: 'broadcast-transmitters-selected',
      type: 'circle',
      ...points,
      filter: ['==', ['id'], selected?.id ?? -1],
      paint: {
        'circle-color': 'rgba(0,0,0,0)',
        'circle-radius': 17,
        'circle-stroke-color': palette.selection,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'broadcast-transmitters-symbol',
      type: 'symbol',
      ...points,
      layout: { 'icon-image': transmitterSign, 'icon-allow-overlap': true },
    },
    {
      id: 'broadcast-transmitters-label',
      type: 'symbol',
      ...points,
      minzoom: 9,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [labelFont],
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [1.3, 0.2],
        'text-optional': true,
      },
      paint: { 'text-color': broadcastColours.sign, 'text-halo-color': palette.labelHalo, 'text-halo-width': 1.6 },
    },
  ];
}
