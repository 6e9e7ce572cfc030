import type { FeatureCollection, Point } from 'geojson';
import type { SourceSpecification } from 'maplibre-gl';
import type { AdminUnit } from '../../../../server/contract/wire.ts';
import { tileSource } from '../../map/tile-source.ts';
import type { AppContext } from '../../state/app-context.ts';

/** `people`: where there is no room for all names, those of the largest units stand. */
type LabelData = FeatureCollection<Point, { name: string; code: string; people: number }>;

const prefixes = /^(Xã|Phường|Thị trấn|Huyện|Thị xã|Thành phố) /;

/** One point per unit, so that a name stands once however many tiles the unit is cut into. */
export function labelPoints(units: readonly AdminUnit[]): LabelData {
  return {
    type: 'FeatureCollection',
    features: units.flatMap(({ id, name, code, population, lon, lat }) =>
      lon === null || lat === null
        ? []
        : [
            {
              type: 'Feature' as const,
              id,
              properties: { name: name.replace(prefixes, '').normalize('NFC'), code, people: population ?? 0 },
              geometry: { type: 'Point' as const, coordinates: [lon, lat] },
            },
          ],
    ),
  };
}

const noPoints: LabelData = { type: 'FeatureCollection', features: [] };

/** Remembers the last result: the map compares data by identity. */
export function memoize<A extends object, B>(make: (input: A) => B): (input: A) => B {
  const made = new WeakMap<A, { value: B }>();
  return (input) => {
    const known = made.get(input);
    if (known) return known.value;
    const value = make(input);
    made.set(input, { value });
    return value;
  };
}

const pointsOf = memoize(labelPoints);

export function adminUnitSources(app: AppContext): Record<string, SourceSpecification> {
  const communes = app.reference.communes.state.value.data?.items;
  const districts = app.reference.districts.state.value.data?.items;
  const params = new URLSearchParams({ at: app.day.value });
  return {
    communes: tileSource(app, 'communes', params),
    districts: tileSource(app, 'districts', params),
    commune_labels: { type: 'geojson', data: communes ? pointsOf(communes) : noPoints },
    district_labels: { type: 'geojson', data: districts ? pointsOf(districts) : noPoints },
  };
}
