import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NeighbourKernels } from '../../../core/kernels/neighbour-kernels.ts';
import type { MixedRows } from '../../../core/neighbours/mixed-rows.ts';
import { type Rng, Xoshiro128 } from '../../../core/random/rng.ts';
import { bruteForce } from '../neighbours/brute-force.ts';

/** Numbers of every kind that rounding, underflow, overflow and ties could spoil. */
const DRAWS: Readonly<Record<string, (rng: Rng) => number>> = {
  normals: (rng) => rng.nextNormal(),
  'whole numbers, with many ties': (rng) => rng.nextInt(3),
  'halves of the root of 2, with many ties': (rng) => (rng.nextInt(2) === 0 ? 0 : Math.SQRT1_2),
  'close together and far from zero': (rng) => 1e6 + rng.nextInt(9) / 8,
  'almost ties': (rng) => (2 * rng.nextInt(2) - 1) * (1 + rng.nextInt(4) * 2 ** -23),
  'whole numbers that differ by more than is exact': (rng) => (2 * rng.nextInt(2) - 1) * (2 ** 23 + rng.nextInt(4)),
  'squares about the smallest number': (rng) => rng.nextNormal() * 3e-23,
  'squares below the smallest number': (rng) => rng.nextNormal() * 1e-23,
  'squares above the largest number': (rng) => rng.nextNormal() * 1e25,
  'of all sizes': (rng) => rng.nextNormal() * 10 ** (rng.nextInt(60) - 30),
};

const shapes = fc.record({
  rows: fc.integer({ min: 2, max: 70 }),
  queries: fc.integer({ min: 0, max: 5 }),
  numberCount: fc.integer({ min: 0, max: 40 }),
  codeCount: fc.constantFrom(0, 1, 3, 255),
  mismatch: fc.constantFrom(0, 1, 2, 0.3),
  seed: fc.nat(),
});

function draw(rows: number, numberCount: number, codeCount: number, number: (rng: Rng) => number, seed: number) {
  const rng = new Xoshiro128(seed, rows, 1, 2);
  return {
    rows,
    numberCount,
    codeCount,
    numbers: new Float32Array(rows * numberCount).map(() => number(rng)),
    codes: new Uint8Array(rows * codeCount).map(() => rng.nextInt(3) * 127),
  };
}

describe('the kernel of neighbours', () => {
  for (const [name, number] of Object.entries(DRAWS)) {
    it(`finds what brute force in double precision finds, bit by bit: ${name}`, () => {
      fc.assert(
        fc.property(shapes, ({ rows, queries, numberCount, codeCount, mismatch, seed }) => {
          const reference = draw(rows, numberCount, codeCount, number, seed);
          const others = draw(queries, numberCount, codeCount, number, seed + 1);
          const k = 1 + (seed % (rows - 1));
          const kernels = new NeighbourKernels(reference, mismatch, k);
          expect(kernels.nearest(others, false)).toEqual(bruteForce(reference, others, k, mismatch, false));
          expect(kernels.nearest(reference, true)).toEqual(bruteForce(reference, reference, k, mismatch, true));
        }),
        { numRuns: 40 },
      );
    });
  }

  it('tells the largest distances apart that single precision gets exactly', () => {
    // A limit that is too low shows from the second group of 16 rows on.
    const reference = {
      rows: 17,
      numberCount: 1,
      codeCount: 1,
      numbers: new Float32Array(17).fill(-2000),
      codes: new Uint8Array(17).fill(1, 0, 16),
    };
    const query = { rows: 1, numberCount: 1, codeCount: 1, numbers: Float32Array.of(2000), codes: Uint8Array.of(0) };
    expect(new NeighbourKernels(reference, 1, 1).nearest(query, false)).toEqual({
      indices: Int32Array.of(16),
      squaredDistances: Float64Array.of(4000 ** 2),
    });
  });

  it('does not depend on what was asked before, nor on how queries fall into blocks of 128', () => {
    const reference = draw(300, 5, 2, DRAWS.normals, 0);
    const kernels = new NeighbourKernels(reference, 1, 3);
    for (const count of [127, 128, 129, 257, 1]) {
      const queries = draw(count, 5, 2, DRAWS.normals, 1);
      expect(kernels.nearest(queries, false)).toEqual(bruteForce(reference, queries, 3, 1, false));
    }
    expect(kernels.nearest(reference, true)).toEqual(bruteForce(reference, reference, 3, 1, true));
  });

  it('refuses rows that do not fit, with what to do', () => {
    const wide: MixedRows = {
      rows: 2000,
      numberCount: 2 ** 20,
      codeCount: 0,
      numbers: new Float32Array(),
      codes: new Uint8Array(),
    };
    expect(() => new NeighbourKernels(wide, 1, 1)).toThrow(
      "neighbours: found no room in WebAssembly's memory for 2000 rows of 1048576 numbers and 0 codes, needed 4 GiB to hold " +
        'all; choose fewer rows, for example a sample of them',
    );
  });
});
