/** Radio cells → sectors placed on the grid, with what each was computed with and why any was left out. */
import type { CoverageParameters } from './coverage-parameters.ts';
import { rangeCap } from './coverage-parameters.ts';
import type { CoverageCell, RefusedCell, SettledCell } from './coverage-types.ts';
import { type CellFlag, linkBudget } from './link-budget.ts';
import { gridBearingOfNorth, type Projector } from './projection.ts';
import { DIRECTIONS, type Sector, sectorMaker } from './sector-pattern.ts';
import type { SectorPlace } from './union-grid.ts';

export interface PlacedSector {
  cell: CoverageCell;
  place: SectorPlace;
  ranges_m: Float64Array;
  /** Not coverage, only what the cell might reach. */
  doubtful: boolean;
}

export interface PlacedSectors {
  sectors: PlacedSector[];
  settled: SettledCell[];
  refused: RefusedCell[];
}

const disc = (radius_m: number): Float64Array => new Float64Array(DIRECTIONS).fill(radius_m);

const isPosition = (lon: number, lat: number): boolean => Math.abs(lon) <= 180 && Math.abs(lat) < 90;

/** Places on the grid, computed once per site. */
function placer(projector: Projector): (lon: number, lat: number) => SectorPlace {
  const known = new Map<string, SectorPlace>();
  return (lon, lat) => {
    const key = `${lon},${lat}`;
    let place = known.get(key);
    if (!place) {
      const [east_m, north_m] = projector.forward(lon, lat);
      place = { east_m, north_m, north_bearing_deg: gridBearingOfNorth(lon, lat, projector) };
      known.set(key, place);
    }
    return place;
  };
}

function flagsOf(flags: CellFlag[], sector: Sector): CellFlag[] {
  const all = [...flags];
  if (sector.extrapolated) all.push('model_extrapolated');
  if (sector.capped) all.push('range_capped');
  if (sector.range_max_m === 0) all.push('no_range');
  return all;
}

/** How far a cell with impossible values might reach: the cap of its band, if that at least is possible. */
function refusedReach(cell: CoverageCell, parameters: CoverageParameters): number {
  const { band_mhz } = cell;
  const band = band_mhz !== null && band_mhz > 0 ? band_mhz : parameters.band_default_mhz[cell.technology];
  return rangeCap(band, parameters.range_caps);
}

/**
 * Settles and places every cell. A cell with an untrusted position becomes a doubtful disc of its range plus the
 * uncertainty of its position; one with impossible values a doubtful disc of the range cap; one without a usable
 * position cannot be placed and is only refused.
 */
export function placeSectors(
  cells: readonly CoverageCell[],
  parameters: CoverageParameters,
  projector: Projector,
): PlacedSectors {
  const sectorOf = sectorMaker(parameters);
  const placeOf = placer(projector);
  const sectors: PlacedSector[] = [];
  const settled: SettledCell[] = [];
  const refused: RefusedCell[] = [];
  for (const cell of cells) {
    const { cell_id, lon, lat } = cell;
    const result = linkBudget(cell, parameters);
    if (!result.ok) refused.push(...result.problems.map((problem) => ({ cell_id, ...problem })));
    if (!isPosition(lon, lat)) {
      refused.push({ cell_id, field: 'position', value: [lon, lat], reason: 'must be a lon and lat in degrees' });
      continue;
    }
    const place = placeOf(lon, lat);
    const error_m = cell.position_trusted ? 0 : Math.max(0, cell.accuracy_m ?? parameters.doubtful_position_m);
    if (!result.ok) {
      sectors.push({ cell, place, ranges_m: disc(refusedReach(cell, parameters) + error_m), doubtful: true });
      continue;
    }
    const { model, band_mhz, antenna_height_m, eirp_dbm, flags } = result.budget;
    const sector = sectorOf(result.budget);
    const { range_max_m } = sector;
    const used = cell.position_trusted;
    const ranges_m = used ? sector.ranges_m : disc(range_max_m + error_m);
    sectors.push({ cell, place, ranges_m, doubtful: !used });
    settled.push({
      cell_id,
      model,
      band_mhz,
      antenna_height_m,
      eirp_dbm,
      range_max_m,
      used,
      flags: flagsOf(flags, sector),
    });
  }
  return { sectors, settled, refused };
}
