import { expect, it } from 'vitest';
import { cutParts, isSamePart } from './failed-parts.ts';

it('asks for each kind of failure by its own member', () => {
  const parts = [
    { kind: 'node', id: '7' },
    { kind: 'span', id: '12' },
    { kind: 'group', id: '12' },
    { kind: 'span', id: '13' },
  ] as const;
  expect(cutParts(parts)).toEqual({ spans: [12, 13], route_groups: ['12'], nodes: [7] });
  expect(cutParts([])).toEqual({ spans: [], route_groups: [], nodes: [] });
  expect(isSamePart(parts[1], parts[2])).toBe(false);
  expect(isSamePart(parts[1], { kind: 'span', id: '12' })).toBe(true);
});
