// Exponentials in software: basic operations of IEEE 754 only, hence the same bits on every machine.

/** Below this, exp(x) would be subnormal. */
const LOWEST: f32 = -87.33654;

/**
 * exp(x) of four values x <= 0, to about 1 unit in the last place, never below 2^-126. x = n ln 2 + r with |r| <= ln 2 / 2,
 * ln 2 in two parts, and the polynomial of Cephes' expf (Moshier, https://www.netlib.org/cephes/, single/expf.c).
 */
// @ts-ignore: decorator
@inline
export function expNonPositive(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(LOWEST));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let polynomial = f32x4.splat(1.9875691500e-4);
  polynomial = f32x4.add(f32x4.mul(polynomial, r), f32x4.splat(1.3981999507e-3));
  polynomial = f32x4.add(f32x4.mul(polynomial, r), f32x4.splat(8.3334519073e-3));
  polynomial = f32x4.add(f32x4.mul(polynomial, r), f32x4.splat(4.1665795894e-2));
  polynomial = f32x4.add(f32x4.mul(polynomial, r), f32x4.splat(1.6666665459e-1));
  polynomial = f32x4.add(f32x4.mul(polynomial, r), f32x4.splat(5.0000001201e-1));
  const mantissa = f32x4.add(f32x4.add(f32x4.mul(polynomial, f32x4.mul(r, r)), r), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(mantissa, exponent);
}

/** exp(x) of one value x <= 0, the same bits as in four lanes. */
// @ts-ignore: decorator
@inline
export function expNonPositiveScalar(x: f32): f32 {
  return f32x4.extract_lane(expNonPositive(f32x4.splat(x)), 0);
}

/** 1 / (1 + exp(-x)) of four values, with the exponential of -|x| only, so that nothing overflows. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = expNonPositive(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, e));
}

/** 1 / (1 + exp(-x)) of one value, the same bits as in four lanes. */
// @ts-ignore: decorator
@inline
export function sigmoidScalar(x: f32): f32 {
  return f32x4.extract_lane(sigmoid(f32x4.splat(x)), 0);
}
