import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstInvalidUtf8, foreignEncoding, incompleteTail } from '../../../../storage/tables/csv/encoding.ts';

const bytes = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0x8f),
  ),
  { maxLength: 8 },
);

describe('firstInvalidUtf8', () => {
  it('accepts what Node accepts, and what stands before the offset', () => {
    fc.assert(
      fc.property(bytes, (values) => {
        const buffer = Buffer.from(values);
        const offset = firstInvalidUtf8(buffer);
        expect(offset === -1).toBe(isUtf8(buffer));
        expect(isUtf8(buffer.subarray(0, Math.max(offset, 0)))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('names the first byte of the first fault', () => {
    expect(firstInvalidUtf8(Buffer.from('café\n', 'latin1'))).toBe(3);
    expect(firstInvalidUtf8(Buffer.from('é\u{1F600}', 'utf8'))).toBe(-1);
  });
});

describe('incompleteTail', () => {
  it('cuts valid text, at any place, so that both parts are valid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.nat(), (text, at) => {
        const buffer = Buffer.from(text.toWellFormed());
        const cut = buffer.subarray(0, at % (buffer.length + 1));
        const tail = incompleteTail(cut);
        expect(isUtf8(cut.subarray(0, cut.length - tail))).toBe(true);
        expect(isUtf8(buffer.subarray(cut.length - tail))).toBe(true);
      }),
    );
  });
});

describe('foreignEncoding', () => {
  it('knows UTF-16 by its byte order mark, or by its zeros', () => {
    expect(foreignEncoding(Buffer.from('\ufeffa,b\n', 'utf16le'))).toBe('UTF-16');
    expect(foreignEncoding(Buffer.from([0xfe, 0xff, 0x00, 0x61]))).toBe('UTF-16');
    expect(foreignEncoding(Buffer.from('a,b\n1,2\n', 'utf16le'))).toBe('UTF-16');
    expect(foreignEncoding(Buffer.from('a,b\n1,2\n'))).toBeUndefined();
    expect(foreignEncoding(Buffer.from('\ufeffa,b\n1,2\n'))).toBeUndefined();
  });
});
