/** District connectivity: what other rooms may use. */
export { connectivityAt, districtAvailabilities } from './analysis.ts';
export { failureModelOf, failureShape } from './failure-model.ts';
export { type NetworkQuestion, questionOf } from './network.ts';
export { placesAnswer } from './places.ts';
export { type Plan, planAt } from './plan.ts';
export { availabilitiesOf, resilienceOf } from './resilience.ts';
export { connectivityRoutes } from './routes.ts';
export type { FailureModel } from './rules/availability.ts';
export { selectWholeRows } from './topology-audit.ts';
