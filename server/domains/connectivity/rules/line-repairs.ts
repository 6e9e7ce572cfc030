/** What repairs do to a drawn line. */
import { type LonLat, nearestOnSegment } from '../../../platform/geo/geodesic.ts';
import { lineOf, type TopologyProposal, type TopologySpan } from './topology-rows.ts';

/** The line with the crossing point in place of everything between the two segments; a position that it already has is not doubled. */
export function withoutLoop(
  line: readonly LonLat[],
  { from_segment, to_segment, lon, lat }: Extract<TopologyProposal, { action: 'remove_loop' }>,
): LonLat[] {
  const [head, tail] = [line.slice(0, from_segment + 1), line.slice(to_segment + 1)];
  return [...head, [lon, lat] as const, ...tail].filter((position, at, all) => {
    const previous = all[at - 1];
    const touched = at === head.length || at === head.length + 1;
    return !touched || position[0] !== previous?.[0] || position[1] !== previous[1];
  });
}

/** Where a span, or one of its parts, comes nearest to a position: the positions before and after that place. */
export function nearestPart<Span extends TopologySpan>(
  parts: readonly Span[],
  at: LonLat,
): { span: Span; before: readonly LonLat[]; after: readonly LonLat[] } | null {
  let best: { span: Span; segment: number; distance_m: number } | null = null;
  for (const span of parts) {
    const line = lineOf(span) ?? [];
    for (let segment = 0; segment + 1 < line.length; segment++) {
      const { distance_m } = nearestOnSegment(at, line[segment]!, line[segment + 1]!);
      if (best === null || distance_m < best.distance_m) best = { span, segment, distance_m };
    }
  }
  if (best === null) return null;
  const line = lineOf(best.span)!;
  return { span: best.span, before: line.slice(0, best.segment + 1), after: line.slice(best.segment + 1) };
}
