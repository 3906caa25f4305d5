/*
 * e^x and the natural logarithm from additions, multiplications and divisions alone. Math.exp and Math.log may differ in their
 * last bit from machine to machine (ECMA-262, 21.3.2, leaves their precision open); what is random, and a model, must not.
 */

/** ln 2 in two parts, the first with zeros at its end, so that small multiples of it are exact (Cody & Waite 1980). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Beyond these e^x is not a normal number. */
const SMALLEST_EXPONENT = -708;
const LARGEST_EXPONENT = 709;

/** e^x is 2^(whole + i / PARTS) times e to a rest so small that five terms of its series are enough (Tang 1989). */
const PARTS = 64;
const PART_BITS = 6;
const PART_HIGH = LN2_HIGH / PARTS;
const PART_LOW = LN2_LOW / PARTS;
const PARTS_PER_UNIT = PARTS / Math.LN2;
const POWERS_OF_PARTS = Float64Array.from({ length: PARTS }, (_, i) => powerSeries(i * PART_HIGH + i * PART_LOW));
const LEAST_POWER = -1022;
const POWERS_OF_TWO = Float64Array.from({ length: 1024 - LEAST_POWER }, (_, i) => 2 ** (LEAST_POWER + i));

/** e^x to 4e-16 of its value; 0 below -708, infinite above 709. */
export function exponential(x: number): number {
  if (x < SMALLEST_EXPONENT) return 0;
  if (x > LARGEST_EXPONENT) return Number.POSITIVE_INFINITY;
  const parts = Math.floor(x * PARTS_PER_UNIT + 0.5);
  const r = x - parts * PART_HIGH - parts * PART_LOW;
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r / 120))));
  return series * POWERS_OF_PARTS[parts & (PARTS - 1)] * POWERS_OF_TWO[(parts >> PART_BITS) - LEAST_POWER];
}

/** e^x for x from 0 to ln 2, whose series' twenty terms leave nothing. */
function powerSeries(x: number): number {
  let sum = 1;
  for (let term = 20; term >= 1; term--) sum = 1 + (x * sum) / term;
  return sum;
}

/** The natural logarithm, to a few units in the last place. @param x positive and finite */
export function logarithm(x: number): number {
  let mantissa = x;
  let power = 0;
  for (; mantissa > Math.SQRT2; power++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; power--) mantissa *= 2;
  return power * LN2_HIGH + (power * LN2_LOW + 2 * inverseTanh((mantissa - 1) / (mantissa + 1)));
}

/** For |x| <= 1/3, where the series' seventeen terms leave less than a unit in the last place. */
export function inverseTanh(x: number): number {
  const z = x * x;
  let sum = 1 / 33;
  for (let odd = 31; odd >= 1; odd -= 2) sum = sum * z + 1 / odd;
  return x * sum;
}
