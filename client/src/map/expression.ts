import type { ExpressionSpecification } from 'maplibre-gl';

/** An expression built from lists, whose shape the compiler cannot follow; the style test validates the result. */
export function expression(parts: readonly unknown[]): ExpressionSpecification {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the style-spec validator
  return parts as ExpressionSpecification;
}
