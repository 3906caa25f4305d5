import { InvalidArgumentError } from '../errors.ts';

/**
 * The t at which Student's distribution holds `level` between -t and t, by bisection. From additions, multiplications,
 * divisions and square roots alone, so that it is the same on every machine.
 *
 * @param level between 0 and 1, both left out: 0.95 for a 95% interval
 * @param degreesOfFreedom a whole number from 1
 */
export function studentTQuantile(level: number, degreesOfFreedom: number): number {
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1)) {
    throw new InvalidArgumentError(`degreesOfFreedom: found ${degreesOfFreedom}, needed a whole number from 1`);
  }
  let high = 1;
  while (heldWithin(high, degreesOfFreedom) < level) high *= 2;
  let low = 0;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (heldWithin(middle, degreesOfFreedom) < level) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The probability between -t and t (Abramowitz & Stegun 1964, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
 */
function heldWithin(t: number, degreesOfFreedom: number): number {
  const sine = t / Math.sqrt(degreesOfFreedom + t * t);
  const squaredCosine = degreesOfFreedom / (degreesOfFreedom + t * t);
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? Math.sqrt(squaredCosine) : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let n = odd ? 3 : 2; n < degreesOfFreedom; n += 2) {
    term *= (squaredCosine * (n - 1)) / n;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (arctangent(t / Math.sqrt(degreesOfFreedom)) + sine * sum) : sine * sum;
}

/**
 * From its series, for an angle halved until the series' first terms are enough: tan(a / 2) = tan a / (1 + 1 / cos a).
 */
function arctangent(x: number): number {
  const HALVINGS = 4;
  let tangent = x;
  for (let n = 0; n < HALVINGS; n++) tangent /= 1 + Math.sqrt(1 + tangent * tangent);
  const square = tangent * tangent;
  let sum = 0;
  for (let odd = 21; odd >= 1; odd -= 2) sum = 1 / odd - square * sum;
  return 2 ** HALVINGS * tangent * sum;
}
