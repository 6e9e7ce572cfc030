/** Worker thread of the union of a large network: strips of rows. */
import { type SectorMaker, sectorMaker } from './rules/sector-pattern.ts';
import { tallyStrip, type UnionStrip, type UnionTally } from './rules/union-strips.ts';

/** A pool serves one run, so its threads keep what they found with the run's parameters. */
let maker: SectorMaker | undefined;

export default function tally(strip: UnionStrip): UnionTally[] {
  maker ??= sectorMaker(strip.parameters);
  return tallyStrip(strip, maker);
}
