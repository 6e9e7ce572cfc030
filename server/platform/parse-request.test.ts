import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseBody } from './parse-request.ts';

/** Arrays in each other. */
const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;

describe('a body', () => {
  it('is what the schema makes of it', () => {
    expect(parseBody(z.strictObject({ a: z.int() }), { a: 1 })).toEqual({ a: 1 });
    expect(parseBody(z.unknown(), nested(60))).toEqual(nested(60));
    expect(parseBody(z.unknown(), undefined)).toBeUndefined();
  });

  it('nested without end is refused, whatever the schema', () => {
    for (const schema of [z.unknown(), z.strictObject({ a: z.int() })]) {
      expect(() => parseBody(schema, { a: nested(20_000) })).toThrow(/must not be nested deeper/);
    }
    expect(() => parseBody(z.unknown(), nested(100))).toThrow(/must not be nested deeper/);
  });

  it('with a NUL is refused: the database has none', () => {
    expect(() => parseBody(z.unknown(), { a: ['x\0'] })).toThrow(/NUL/);
  });
});
