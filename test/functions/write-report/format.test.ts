import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commonDigits,
  count,
  decimals,
  percent,
  ratio,
  signed,
  significant,
} from '../../../functions/write-report/html/format.ts';

describe('numbers for people', () => {
  it('have a comma by thousands, a real minus sign, and none before zero', () => {
    expect([0, 999, 1000, 18_109, 1_234_567.5, -1500].map(count)).toEqual([
      '0',
      '999',
      '1,000',
      '18,109',
      '1,234,568',
      '−1,500',
    ]);
    expect([-0.0004, -0.5, 1234.5678].map(decimals(3))).toEqual(['0.000', '−0.500', '1,234.568']);
    expect([0, 0.5581, 1].map(percent)).toEqual(['0.0%', '55.8%', '100.0%']);
    expect([0.0734, -0.0021, 0.0001, -0.0001].map(signed(3))).toEqual(['+0.073', '−0.002', '0.000', '0.000']);
  });

  it('have as many digits as count, without an exponent', () => {
    expect([0, 12_345, 24.13, 0.41234, 0.0012345, 1e-9, -0.5].map(significant(3))).toEqual([
      '0',
      '12,345',
      '24.1',
      '0.412',
      '0.00123',
      '0.000000',
      '−0.500',
    ]);
    expect([[0.5, -14.8], [null, 0.0123], [1500], [null]].map(commonDigits)).toEqual([1, 4, 0, 0]);
  });

  it('say how many there are of one for each of another', () => {
    expect([ratio(18_109, 1505), ratio(3, 3), ratio(1, 0)]).toEqual(['12.0 : 1', '1.00 : 1', '–']);
  });

  it('are never further from the number than half of their last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 6 }), (value, digits) => {
        const shown = Number(decimals(digits)(value).replaceAll(',', '').replace('−', '-'));
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits * 1.000001 + Math.abs(value) * 1e-15);
      }),
    );
  });
});
