import { describe, expect, it } from 'vitest';
import { namer } from './names.ts';

describe('names for codes', () => {
  it('come from the first list that has the code, else the code says what is meant', () => {
    const name = namer([{ code: 'N-1', name: 'Trung tâm' }], [{ code: '08101', name: 'Xã Y Sơn' }]);
    expect(['N-1', '08101', 'N-2'].map(name)).toEqual(['Trung tâm', 'Xã Y Sơn', 'N-2']);
    expect(namer([{ code: '1', name: 'a' }], [{ code: '1', name: 'b' }])('1')).toBe('a');
  });

  it('are the code where the name is empty', () => {
    expect(namer([{ code: 'N-1', name: '' }])('N-1')).toBe('N-1');
  });
});
