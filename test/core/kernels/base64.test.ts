import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, decodeFloat32, encodeBase64, encodeFloat32 } from '../../../core/kernels/base64.ts';

describe('base64', () => {
  it('is that of Node, there and back, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(text, 'bytes')).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('takes more bytes than an argument list can', () => {
    const bytes = new Uint8Array(1_000_003).map((_, i) => i % 251);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });

  it('refuses text that is none', () => {
    expect(() => decodeBase64('a*b', 'weights')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: weights: found text that is not base64, needed base64]`,
    );
  });
});

describe('single precision in base64', () => {
  it('comes back bit by bit, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, maxLength: 40 }), (values) => {
        const back = decodeFloat32(encodeFloat32(values), values.length, 'values');
        expect(Array.from(back, (value) => [value, Object.is(value, -0)])).toEqual(
          Array.from(values, (value) => [value, Object.is(value, -0)]),
        );
      }),
    );
  });

  it('is little-endian', () => {
    expect(decodeBase64(encodeFloat32(Float32Array.of(1)), 'one')).toEqual(Uint8Array.of(0, 0, 0x80, 0x3f));
  });

  it('refuses another length', () => {
    const text = encodeFloat32(Float32Array.of(1, 2));
    expect(() => decodeFloat32(text, 3, 'biases of layer 0')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: biases of layer 0: found 8 bytes, needed 12 (3 numbers)]`,
    );
  });
});
