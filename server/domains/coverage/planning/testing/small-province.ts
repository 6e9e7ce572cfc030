/** A made-up province for tests of planning: few communes, sites of three operators, hills. The same for the same seed. */
import { seededRandom } from '../../../../platform/seeded-random.ts';
import { DEFAULT_PARAMETERS } from '../../rules/coverage-parameters.ts';
import type { TerrainRaster } from '../../rules/levels/terrain-raster.ts';
import { projectorFor } from '../../rules/projection.ts';
import type { PlanningInventory } from '../planning-types.ts';
import { type PlanningCell, type PlanningSite, plannedCells } from '../rules/planning-ground.ts';

const WEST = 104.9;
const SOUTH = 21.0;
const SIDE_DEG = 0.1;
export const OPERATORS = [1, 2, 3] as const;

function communes(): PlanningInventory['communes'] {
  return Array.from({ length: 4 }, (_, i) => {
    const [w, s] = [WEST + (i % 2) * (SIDE_DEG / 2), SOUTH + Math.floor(i / 2) * (SIDE_DEG / 2)];
    const [e, n] = [w + SIDE_DEG / 2, s + SIDE_DEG / 2];
    const ring = [
      [w, s],
      [e, s],
      [e, n],
      [w, n],
      [w, s],
    ];
    return {
      commune_id: 100 + i,
      code: `c${i}`,
      population: 3_000 + 1_000 * i,
      centre: [(w + e) / 2, (s + n) / 2],
      polygons: [[ring]],
    };
  });
}

/** Ridges some 120 m high across the province, and a hole without heights in its north-east. */
function hills(): TerrainRaster {
  const { grid_srid } = DEFAULT_PARAMETERS;
  const [origin_e_m, origin_n_m] = projectorFor(grid_srid).forward(WEST - 0.2, SOUTH - 0.2);
  const [cols, rows, step_m] = [1_000, 1_050, 50];
  const heights_m = Float32Array.from({ length: cols * rows }, (_, i) => {
    const [col, row] = [i % cols, Math.floor(i / cols)];
    if (Math.hypot(col - 560, row - 590) < 12) return Number.NaN;
    return 60 + 60 * Math.sin(col / 25) * Math.cos(row / 40) + 20 * Math.sin((col + row) / 9);
  });
  return { srid: grid_srid, origin_e_m, origin_n_m, step_m, cols, rows, heights_m };
}

/** A quarter of the sites belongs to two operators; one site in eight has a position that is not trusted. */
export function smallProvince(seed: number, { sites: count = 8, terrain = true } = {}): PlanningInventory {
  const random = seededRandom(seed);
  const cells: PlanningCell[] = [];
  const sites = Array.from({ length: count }, (_, i): PlanningSite => {
    const owner = OPERATORS[i % 3] as number;
    const operator_ids = i % 4 === 3 ? [owner, (owner % 3) + 1].sort((a, b) => a - b) : [owner];
    const site: PlanningSite = {
      site_id: i + 1,
      code: `S${i + 1}`,
      lon: WEST + SIDE_DEG * random(),
      lat: SOUTH + SIDE_DEG * random(),
      environment: i % 3 === 0 ? 'suburban' : 'rural',
      mast_height_m: i % 2 === 0 ? 42 : null,
      position_trusted: i % 8 !== 7,
      operator_ids,
    };
    for (const operator_id of operator_ids) {
      for (const azimuth_deg of [30, 150, 270]) {
        cells.push({
          cell_id: cells.length + 1,
          operator_id,
          site_id: site.site_id,
          lon: site.lon,
          lat: site.lat,
          environment: site.environment,
          technology: '4G',
          band_mhz: random() < 0.4 ? 2100 : 1800,
          azimuth_deg,
          antenna_height_m: random() < 0.3 ? null : 20 + Math.floor(random() * 30),
          tilt_deg: 3,
          gain_dbi: null,
          power_w: null,
          eirp_dbm: 12 + Math.floor(random() * 8),
          beamwidth_deg: 65,
          position_trusted: site.position_trusted,
          accuracy_m: site.position_trusted ? null : 500,
        });
      }
    }
    return site;
  });
  return {
    parameters: DEFAULT_PARAMETERS,
    communes: communes(),
    cells,
    sites,
    operators: OPERATORS.map((operator_id) => ({ operator_id, code: `OP${operator_id}` })),
    cellCodes: new Map(cells.map(({ cell_id }) => [cell_id, `C${cell_id}`])),
    population: { rasters: [], villages: [], habitable: [] },
    terrain: terrain ? hills() : null,
  };
}

const siteAt = (site_id: number, lon: number, lat: number, position_trusted: boolean): PlanningSite => ({
  site_id,
  code: `S${site_id}`,
  lon,
  lat,
  environment: 'rural',
  mast_height_m: null,
  position_trusted,
  operator_ids: [1],
});

/**
 * The same communes on level ground with two sites of operator 1: a strong one in the middle of c0, which covers it, and
 * a weak one of a position not trusted on the border of c0 and c1, too far from c2 and c3 to reach them.
 */
export function doubtfulProvince(): PlanningInventory {
  const inventory = smallProvince(1, { sites: 0, terrain: false });
  const strong = siteAt(1, WEST + SIDE_DEG / 4, SOUTH + SIDE_DEG / 4, true);
  const doubtful = siteAt(2, WEST + SIDE_DEG / 2, SOUTH + SIDE_DEG / 8, false);
  let id = 0;
  const cells = [strong, doubtful].flatMap((site) =>
    plannedCells({
      ...site,
      site,
      operator_id: 1,
      technology: '4G',
      antenna_height_m: 40,
      band_mhz: 1800,
      eirp_dbm: site === strong ? 33 : -10,
      azimuths_deg: [],
      newId: () => ++id,
    }),
  );
  return { ...inventory, sites: [strong, doubtful], cells };
}
