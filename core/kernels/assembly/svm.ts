// One row of a kernel matrix: one query against many rows. The rows lie in groups of 16: a group holds the 16 values of its
// first column, then those of its second, so that four vector registers take a group's rows side by side and every
// row is summed in the order of the columns, whatever rows stand beside it.
import { expNonPositive } from './exponential';

/** The bytes of 16 values of four bytes. */
const STEP: usize = 64;

/**
 * result = exp(-(numberFactor * |x - q|^2 + bitFactor * (bits in which x and q differ))) for the rows x of the groups from
 * `firstGroup` up to, not including, `endGroup`. `result` points to where the row 0 would go.
 *
 * The differences are squared themselves: |x|^2 + |q|^2 - 2 x q would cancel for rows that are close together but far from
 * zero, and overflow to NaN.
 */
export function rbfRow(
  numbers: usize,
  numberCount: i32,
  words: usize,
  wordCount: i32,
  query: usize,
  queryWords: usize,
  firstGroup: i32,
  endGroup: i32,
  numberFactor: f32,
  bitFactor: f32,
  result: usize,
): void {
  const numberFactors = f32x4.splat(-numberFactor);
  const bitFactors = f32x4.splat(-bitFactor);
  for (let group = <usize>firstGroup; group < <usize>endGroup; group++) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at = numbers + group * <usize>numberCount * STEP;
    for (let k = 0; k < numberCount; k++) {
      const q = v128.load_splat<f32>(query + ((<usize>k) << 2));
      const d0 = f32x4.sub(v128.load(at, 0), q);
      const d1 = f32x4.sub(v128.load(at, 16), q);
      const d2 = f32x4.sub(v128.load(at, 32), q);
      const d3 = f32x4.sub(v128.load(at, 48), q);
      s0 = f32x4.add(s0, f32x4.mul(d0, d0));
      s1 = f32x4.add(s1, f32x4.mul(d1, d1));
      s2 = f32x4.add(s2, f32x4.mul(d2, d2));
      s3 = f32x4.add(s3, f32x4.mul(d3, d3));
      at += STEP;
    }
    let c0 = i32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    at = words + group * <usize>wordCount * STEP;
    for (let k = 0; k < wordCount; k++) {
      const q = v128.load_splat<u32>(queryWords + ((<usize>k) << 2));
      c0 = i32x4.add(c0, differingBits(v128.load(at, 0), q));
      c1 = i32x4.add(c1, differingBits(v128.load(at, 16), q));
      c2 = i32x4.add(c2, differingBits(v128.load(at, 32), q));
      c3 = i32x4.add(c3, differingBits(v128.load(at, 48), q));
      at += STEP;
    }
    const out = result + group * STEP;
    v128.store(out, rbf(s0, c0, numberFactors, bitFactors), 0);
    v128.store(out, rbf(s1, c1, numberFactors, bitFactors), 16);
    v128.store(out, rbf(s2, c2, numberFactors, bitFactors), 32);
    v128.store(out, rbf(s3, c3, numberFactors, bitFactors), 48);
  }
}

/** result = x q, laid out as in `rbfRow`; there are no bits. */
export function linearRow(
  numbers: usize,
  numberCount: i32,
  query: usize,
  firstGroup: i32,
  endGroup: i32,
  result: usize,
): void {
  for (let group = <usize>firstGroup; group < <usize>endGroup; group++) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at = numbers + group * <usize>numberCount * STEP;
    for (let k = 0; k < numberCount; k++) {
      const q = v128.load_splat<f32>(query + ((<usize>k) << 2));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at, 0), q));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), q));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 32), q));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 48), q));
      at += STEP;
    }
    const out = result + group * STEP;
    v128.store(out, s0, 0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
}

/** How many bits of each 32-bit lane differ. */
// @ts-ignore: decorator
@inline
function differingBits(a: v128, b: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(v128.xor(a, b))));
}

// @ts-ignore: decorator
@inline
function rbf(squares: v128, bits: v128, numberFactors: v128, bitFactors: v128): v128 {
  return expNonPositive(
    f32x4.add(f32x4.mul(squares, numberFactors), f32x4.mul(f32x4.convert_i32x4_s(bits), bitFactors)),
  );
}
