/** Worker thread of a coverage run: a long computation never holds up HTTP. */
import { computeCoverage } from './rules/compute-coverage.ts';

export default computeCoverage;
