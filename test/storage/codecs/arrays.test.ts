import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptArtifactError } from '../../../contracts/errors.ts';
import { InvalidArgumentError } from '../../../core/errors.ts';
import { type ArrayByName, decodeArrays, encodeArrays } from '../../../storage/codecs/arrays.ts';

const anyArray = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.int32Array(),
  fc.uint8Array(),
  fc.constantFrom(new Float32Array([Number.NaN, -0, 0, Number.NEGATIVE_INFINITY]), new Float64Array([-0, Number.NaN])),
);
const anyArrays = fc.dictionary(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('größe 重み 🎲')), anyArray);

function sample(): Uint8Array {
  return encodeArrays({ meta: { kind: 'sample' }, arrays: { weights: new Float32Array([1.5, -2]) } });
}

describe('array containers', () => {
  it('give back what was put in: every bit, name, order and the meta', () => {
    fc.assert(
      fc.property(anyArrays, fc.jsonValue(), (arrays, meta) => {
        const decoded = decodeArrays(encodeArrays({ meta, arrays }));
        expect(Object.keys(decoded.arrays)).toEqual(Object.keys(arrays));
        expect(JSON.stringify(decoded.meta)).toBe(JSON.stringify(meta));
        for (const [name, array] of Object.entries(arrays)) {
          const back = decoded.arrays[name];
          expect(back.constructor).toBe(array.constructor);
          expect(back.length).toBe(array.length);
          for (let i = 0; i < array.length; i++) expect(Object.is(back[i], array[i])).toBe(true);
        }
      }),
    );
  });

  it('give back an array named __proto__ like any other', () => {
    const arrays = Object.fromEntries([['__proto__', new Uint8Array([7])]]);
    const decoded = decodeArrays(encodeArrays({ meta: null, arrays }));
    expect(Object.keys(decoded.arrays)).toEqual(['__proto__']);
  });

  it('read the same wherever they lie in memory, and use aligned bytes where they are', () => {
    const arrays: ArrayByName = { bytes: new Uint8Array([1, 2, 3]), numbers: new Float64Array([0.1, -0.2]) };
    const encoded = encodeArrays({ meta: {}, arrays });
    for (let shift = 0; shift < 8; shift++) {
      const moved = new Uint8Array(encoded.length + shift).subarray(shift);
      moved.set(encoded);
      expect(decodeArrays(moved).arrays).toEqual(arrays);
    }
    expect(decodeArrays(encoded).arrays.numbers.buffer).toBe(encoded.buffer);
  });

  it('have the documented layout', () => {
    const header = '{"meta":{"kind":"sample"},"arrays":[{"name":"weights","type":"float32","length":2}]}';
    const expected = Buffer.alloc(16 + 88 + 8, ' ');
    expected.write('CPARRAYS', 0, 'latin1');
    expected.writeUInt32LE(1, 8);
    expected.writeUInt32LE(88, 12);
    expected.write(header, 16, 'utf8');
    expected.writeFloatLE(1.5, 16 + 88);
    expected.writeFloatLE(-2, 16 + 88 + 4);
    expect(Buffer.from(sample()).equals(expected)).toBe(true);
  });

  it('have one kind of NaN, whatever bits the processor made', () => {
    const odd = new Float32Array(new Uint32Array([0xffc00001]).buffer);
    const oddDouble = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
    const plain = { single: new Float32Array([Number.NaN]), double: new Float64Array([Number.NaN]) };
    const encoded = encodeArrays({ meta: 0, arrays: { single: odd, double: oddDouble } });
    expect(encoded).toEqual(encodeArrays({ meta: 0, arrays: plain }));
    expect(Buffer.from(encoded).readUInt32LE(encoded.length - 16)).toBe(0x7fc00000);
    expect(Buffer.from(encoded).readBigUInt64LE(encoded.length - 8)).toBe(0x7ff8000000000000n);
    expect(new Uint32Array(odd.buffer)).toEqual(new Uint32Array([0xffc00001]));
  });

  it('refuse every shorter piece of themselves', () => {
    const whole = sample();
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeArrays(whole.subarray(0, length)), `${length} bytes`).toThrow(CorruptArtifactError);
    }
  });

  it('say what is wrong with bytes that are none', () => {
    const cases: [string, (bytes: Uint8Array) => Uint8Array][] = [
      ['s3://b/k: found 104 bytes, needed at least 112: the file was cut short', (bytes) => bytes.subarray(0, 104)],
      [
        's3://b/k: found "income,a" at its beginning, needed "CPARRAYS": it is another kind of file',
        () => Buffer.from('income,age\n1,2\n'),
      ],
      [
        's3://b/k: found version 2 of the format, needed 1: it was written by another release',
        (bytes) => bytes.with(8, 2),
      ],
      [
        's3://b/k: found an unreadable header, needed JSON that lists the arrays: the file is damaged',
        (bytes) => bytes.with(16, 0xff),
      ],
      [
        's3://b/k: found an unreadable header, needed JSON that lists the arrays: the file is damaged',
        (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace('float32', 'float23'), 'latin1'),
      ],
      ['s3://b/k: found 113 bytes, needed 112: something was appended', (bytes) => Uint8Array.from([...bytes, 0])],
    ];
    for (const [message, damage] of cases) {
      expect(() => decodeArrays(damage(sample()), 's3://b/k')).toThrow(new CorruptArtifactError(message));
    }
  });

  it('refuse a meta that JSON would change', () => {
    expect(() => encodeArrays({ meta: { loss: Number.NaN }, arrays: {} })).toThrow(
      new InvalidArgumentError('meta: found NaN at "loss", needed what JSON can hold'),
    );
  });

  it('refuse arrays of other types', () => {
    const arrays = { big: new BigInt64Array(1) } as unknown as ArrayByName;
    expect(() => encodeArrays({ meta: null, arrays })).toThrow(
      new InvalidArgumentError('arrays: found [object BigInt64Array], needed one of float32, float64, int32, uint8'),
    );
  });
});
