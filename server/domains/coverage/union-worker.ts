/** Worker thread of the union of a large network: strips of rows. */
import { tallyStrip } from './rules/union-strips.ts';

export default tallyStrip;
