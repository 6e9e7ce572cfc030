import { expect, it } from 'vitest';
import { cutParts, isSamePart, isUnknownTo } from './failed-parts.ts';

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

it('tells which part an answer left out', () => {
  const unknown = { spans: [12], route_groups: ['7'], nodes: [] };
  expect(isUnknownTo({ unknown }, { kind: 'span', id: '12' })).toBe(true);
  expect(isUnknownTo({ unknown }, { kind: 'node', id: '12' })).toBe(false);
  expect(isUnknownTo({ unknown }, { kind: 'group', id: '7' })).toBe(true);
  expect(isUnknownTo({ unknown }, { kind: 'span', id: '7' })).toBe(false);
});
