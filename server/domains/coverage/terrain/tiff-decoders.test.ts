import { describe, expect, it } from 'vitest';
import { unpackBits, unpackLzw } from './tiff-decoders.ts';

/** Codes written one after the other, each in the bits it has. */
function packed(codes: readonly [code: number, bits: number][]): Uint8Array {
  const text = codes.map(([code, bits]) => code.toString(2).padStart(bits, '0')).join('');
  return Uint8Array.from(text.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}
const nine = (...codes: number[]): Uint8Array => packed(codes.map((code) => [code, 9]));

describe('LZW', () => {
  it('unpacks the example of TIFF 6.0, section 13', () => {
    // Clear, 7, 258, 8, 8, 258, 6, 6, end of information.
    expect([...unpackLzw(nine(256, 7, 258, 8, 8, 258, 6, 6, 257), 10)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6, 0]);
  });

  it('never writes more than the block has, whatever the codes say', () => {
    // 258, 259, 260 … each one byte longer than the one before.
    const growing = Array.from({ length: 200 }, (_, i) => 258 + i);
    const bytes = unpackLzw(nine(256, 1, ...growing), 100);
    expect(bytes).toHaveLength(100);
    expect(new Set(bytes)).toEqual(new Set([1]));
  });

  it('refuses a code that is not in the table yet', () => {
    expect(() => unpackLzw(nine(256, 7, 300), 10)).toThrow('300');
    expect(() => unpackLzw(nine(256, 258), 10)).toThrow('258');
  });

  it('ends with what it has when the codes end', () => {
    expect([...unpackLzw(nine(256, 7, 8), 4)]).toEqual([7, 8, 0, 0]);
    expect([...unpackLzw(new Uint8Array(0), 2)]).toEqual([0, 0]);
  });
});

describe('PackBits', () => {
  it('unpacks the example of Apple’s technical note 1023', () => {
    const bytes = [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa];
    expect(Buffer.from(unpackBits(Uint8Array.from(bytes), 24)).toString('hex')).toBe(
      'aaaaaa80002aaaaaaaaa80002a22aaaaaaaaaaaaaaaaaaaa',
    );
  });

  it('never writes more than the block has', () => {
    expect([...unpackBits(Uint8Array.of(0x81, 5, 0x81, 6), 3)]).toEqual([5, 5, 5]);
    expect([...unpackBits(Uint8Array.of(0x05, 1, 2), 3)]).toEqual([1, 2, 0]);
  });
});
