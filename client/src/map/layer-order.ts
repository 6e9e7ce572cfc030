/**
 * Every layer of the map, bottom to top. The one place that decides what is drawn over what, and so what a click finds
 * first. To add a layer: its id here, its definition in `domains/<domain>/layers.ts`.
 *
 * Text and signs are placed from the top down, and what comes later keeps off what is there: names of districts
 * find room between the numbers of groups of sites, names of communes keep off all of them.
 */
export const layerOrder = [
  'map-background',
  'admin-units-province-fill',
  'admin-units-communes-fill',
  'coverage-communes-fill',
  'coverage-communes-unknown',
  'coverage-area-fill',
  'coverage-area-outline',
  'coverage-communes-no-terrain',
  'coverage-area-no-terrain',
  'broadcast-area-fill',
  'broadcast-area-outline',
  'broadcast-area-no-terrain',
  'coverage-unknown-pattern',
  'coverage-gaps-fill',
  'coverage-gaps-pattern',
  'coverage-gaps-outline',
  'planning-gained-fill',
  'planning-lost-fill',
  'planning-lost-pattern',
  'planning-gained-outline',
  'planning-lost-outline',
  'admin-units-communes-outline',
  'admin-units-districts-outline',
  'connectivity-districts-status',
  'coverage-communes-selected',
  'connectivity-districts-selected',
  'coverage-gaps-selected',
  'fibre-spans-casing',
  'connectivity-bridges-halo',
  'fibre-spans-duct',
  'fibre-spans-buried',
  'fibre-spans-aerial',
  'connectivity-paths-line',
  'fibre-spans-selected',
  'connectivity-cut-line',
  'fibre-nodes-circle',
  'fibre-nodes-core',
  'fibre-nodes-selected',
  'connectivity-plan-chosen',
  'connectivity-plan-casing',
  'connectivity-plan-line',
  'admin-units-communes-label',
  'sites-clusters-circle',
  'sites-points-circle',
  'sites-points-shared',
  'sites-points-selected',
  'coverage-measurements-circle',
  'admin-units-districts-label',
  'sites-clusters-count',
  'connectivity-places-symbol',
  'connectivity-centres-symbol',
  'fibre-nodes-label',
  'sites-points-room',
  'sites-points-label',
  'broadcast-transmitters-label',
  'broadcast-transmitters-selected',
  'broadcast-transmitters-symbol',
  'connectivity-plan-label',
  'planning-suggestions-label',
  'planning-moves-line',
  'planning-changes-symbol',
  'planning-path-casing',
  'planning-path-line',
  'planning-spot-symbol',
  'connectivity-cut-area-fill',
  'connectivity-cut-area-outline',
  'connectivity-cut-area-corner',
  'measure-area-fill',
  'measure-line-casing',
  'measure-line-course',
  'measure-points-circle',
] as const;

export type LayerId = (typeof layerOrder)[number];

const places = new Map<string, number>(layerOrder.map((id, index) => [id, index]));

/** The place of a layer from the bottom. Throws for a layer that is not in the list. */
export function selectLayerPlace(id: string): number {
  const place = places.get(id);
  if (place === undefined) throw new Error(`layer ${id} is not in map/layer-order.ts`);
  return place;
}
