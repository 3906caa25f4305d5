import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, logarithm } from '../../../core/numeric/exp-log.ts';

const expectClose = (found: number, wanted: number, relative: number) =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));

describe('exponential', () => {
  it('is that of the platform to two units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => {
        expectClose(exponential(x), Math.exp(x), 2 ** -51);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact at 0 and ends where normal numbers do', () => {
    expect(exponential(0)).toBe(1);
    expect([-709, -1e300, -Infinity].map(exponential)).toEqual([0, 0, 0]);
    expect([710, 1e300, Infinity].map(exponential)).toEqual([Infinity, Infinity, Infinity]);
  });

  it('has these bits on every machine', () => {
    const bits = [1, -1, 0.3, -20.7, 500].map((x) => exponential(x));
    expect(bits).toMatchInlineSnapshot(`
      [
        2.718281828459045,
        0.36787944117144233,
        1.349858807576003,
        1.0235385977594162e-9,
        1.4035922178528373e+217,
      ]
    `);
  });
});

describe('logarithm', () => {
  it('is that of the platform to a few units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expectClose(logarithm(x), Math.log(x), 2 ** -49);
      }),
      { numRuns: 2000 },
    );
    expect(logarithm(1)).toBe(0);
  });
});
