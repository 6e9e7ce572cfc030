/** Worker thread of the planning of new spans: the search never holds up HTTP. */
import { computePlan } from './rules/compute-plan.ts';

export default computePlan;
