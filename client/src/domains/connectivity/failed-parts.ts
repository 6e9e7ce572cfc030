import type { CutResult } from '../../../../server/contract/connectivity.ts';
import type { FailedPart } from '../../state/network-choice.ts';

export const isSamePart = (a: FailedPart, b: FailedPart): boolean => a.kind === b.kind && a.id === b.id;

/** What fails, as members of the body of POST /connectivity/cut. */
export function cutParts(parts: readonly FailedPart[]): { spans: number[]; route_groups: string[]; nodes: number[] } {
  const idsOf = (kind: FailedPart['kind']): string[] => parts.filter((part) => part.kind === kind).map(({ id }) => id);
  return { spans: idsOf('span').map(Number), route_groups: idsOf('group'), nodes: idsOf('node').map(Number) };
}

/** Whether the network of the day and view has no such part. */
export function isUnknownTo({ unknown }: Pick<CutResult, 'unknown'>, { kind, id }: FailedPart): boolean {
  const known = { span: unknown.spans, node: unknown.nodes, group: unknown.route_groups }[kind];
  return known.some((one) => String(one) === id);
}
