/** Measurements of the coverage union on the synthetic province, for the benchmark. */
import { assignSquares, type CommuneShape } from '../commune-squares.ts';
import { layGround } from '../compute-coverage.ts';
import { frameAround } from '../grid.ts';
import { type PlacedSector, placeSectors } from '../place-sectors.ts';
import { type Polygon, projectMultiPolygon, projectorFor } from '../projection.ts';
import { addSector, coveredMask, createUnionGrid, tallyMask } from '../union-grid.ts';
import { NETWORK_TODAY, syntheticInput } from './synthetic-province.ts';

/** The synthetic province with its 15,000 sectors placed. */
export function unionProvince() {
  const { communes, cells, parameters } = syntheticInput(NETWORK_TODAY);
  const projector = projectorFor(parameters.grid_srid);
  const { squares, population } = layGround(communes, parameters, projector);
  const { sectors } = placeSectors(cells, parameters, projector);
  const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
  return { squares, population, sectors, shapes };
}
export type UnionProvince = ReturnType<typeof unionProvince>;

const milliseconds = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

/** The union alone: ready-made jagged sectors on the 100 m grid to a mask and figures by commune; best of the runs, ms. */
export function measureUnion({ squares, population, sectors }: UnionProvince, runs = 3): number {
  const once = (): void => {
    const grid = createUnionGrid(squares.frame);
    for (const { place, ranges_m } of sectors) addSector(grid, place, ranges_m);
    tallyMask(coveredMask(grid), squares, population);
  };
  return Math.min(...Array.from({ length: runs }, () => milliseconds(once)));
}

/** One site changed on the overlap counts: its sectors taken out, longer ones put in, figures by commune; ms by site. */
export function measureSiteChange({ squares, population, sectors }: UnionProvince, sites = 50): number[] {
  const grid = createUnionGrid(squares.frame);
  for (const { place, ranges_m } of sectors) addSector(grid, place, ranges_m);
  return Array.from({ length: sites }, (_, i) => {
    const { place: at } = sectors[Math.floor((i * sectors.length) / sites)] as PlacedSector;
    const own = sectors.filter(({ place }) => place.east_m === at.east_m && place.north_m === at.north_m);
    const longer = own.map(({ ranges_m }) => ranges_m.map((range) => range * 1.1));
    return milliseconds(() => {
      own.forEach(({ place, ranges_m }, j) => {
        addSector(grid, place, ranges_m, -1);
        addSector(grid, place, longer[j] ?? ranges_m);
      });
      tallyMask(coveredMask(grid), squares, population);
    });
  });
}

/** Sectors that may touch a commune. */
export function sectorsNear(sectors: readonly PlacedSector[], polygons: readonly Polygon[]): PlacedSector[] {
  const { origin_e_m, origin_n_m, cols, rows, grid_m } = frameAround(polygons, 100);
  return sectors.filter(({ place, ranges_m }) => {
    const reach = Math.max(...ranges_m);
    const dx = Math.max(origin_e_m - place.east_m, 0, place.east_m - origin_e_m - cols * grid_m);
    const dy = Math.max(origin_n_m - place.north_m, 0, place.north_m - origin_n_m - rows * grid_m);
    return dx * dx + dy * dy <= reach * reach;
  });
}

/** Covered share of a commune under some sectors on squares of a size, %. */
export function coveredPct(shape: CommuneShape, sectors: readonly PlacedSector[], grid_m: number): number {
  const grid = createUnionGrid(frameAround(shape.polygons, grid_m));
  for (const { place, ranges_m } of sectors) addSector(grid, place, ranges_m);
  const mask = coveredMask(grid);
  const { commune } = assignSquares([shape], grid.frame);
  let [own, covered] = [0, 0];
  for (let square = 0; square < mask.length; square++) {
    if (commune[square] !== 0) continue;
    own++;
    covered += mask[square] as number;
  }
  return own > 0 ? (100 * covered) / own : 0;
}
