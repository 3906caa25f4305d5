// The nearest of many rows to each of some queries. The rows lie in groups of 16, column by column, as in svm.ts: numbers as
// single precision, codes as bytes. Every pair of a query and a row is measured quickly in single precision, and again
// in double precision where that may put the row among the nearest: the result is that of double precision throughout.

/** The bytes of 16 values of four bytes. */
const STEP: usize = 64;
/** The bytes of 16 codes. */
const CODE_STEP: usize = 16;
/** Columns after which it is seen whether any row of the group may still be near. */
const STRETCH = 16;

/**
 * Offers the rows of the groups from `firstGroup` up to, not including, `endGroup` to the nearest rows of each query.
 *
 * squared distance = the squared differences of the numbers, added in the order of the columns, plus `mismatch` for
 * each code that differs. A row takes the place of one that is farther away; of rows equally far, the ones offered
 * first stay.
 *
 * @param rows how many rows there are; what lies behind them in the last group is not offered
 * @param queries numbers, row after row; an even number of queries
 * @param excluded the row that is not offered to the first query, the next one not to the second, and so on; -1: all
 * are
 * @param best per query `k` squared distances, ascending, in double precision; Infinity where there is none yet
 * @param indices per query `k` rows, which belong to `best`
 * @param limits per query what a quick measure may be at most, for a row to be measured again
 * @param growth the factor from the largest of `best` to the limit, which covers the rounding of the quick measure, and
 * `underflow`, which covers what is lost below the smallest numbers; `growth` is 1 where the quick measure is exact
 */
export function nearestRows(
  numbers: usize,
  numberCount: i32,
  codes: usize,
  codeCount: i32,
  firstGroup: i32,
  endGroup: i32,
  rows: i32,
  queries: usize,
  queryCodes: usize,
  queryCount: i32,
  excluded: i32,
  mismatch: f64,
  growth: f64,
  underflow: f64,
  best: usize,
  indices: usize,
  limits: usize,
  k: i32,
): void {
  const weight = f32x4.splat(<f32>mismatch);
  const queryBytes = (<usize>numberCount) << 2;
  for (let group = <usize>firstGroup; group < <usize>endGroup; group++) {
    const groupNumbers = numbers + group * <usize>numberCount * STEP;
    const groupCodes = codes + group * <usize>codeCount * CODE_STEP;
    for (let query = 0; query < queryCount; query += 2) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      let at = groupNumbers;
      let qa = queries + <usize>query * queryBytes;
      let qb = qa + queryBytes;
      const limitA = v128.load_splat<f32>(limits + ((<usize>query) << 2));
      const limitB = v128.load_splat<f32>(limits + ((<usize>query) << 2) + 4);
      let column = 0;
      let anyNear = true;
      while (anyNear && column < numberCount) {
        const end = min(column + STRETCH, numberCount);
        for (; column < end; column++) {
          const r0 = v128.load(at, 0);
          const r1 = v128.load(at, 16);
          const r2 = v128.load(at, 32);
          const r3 = v128.load(at, 48);
          let q = v128.load_splat<f32>(qa);
          let d = f32x4.sub(r0, q);
          a0 = f32x4.add(a0, f32x4.mul(d, d));
          d = f32x4.sub(r1, q);
          a1 = f32x4.add(a1, f32x4.mul(d, d));
          d = f32x4.sub(r2, q);
          a2 = f32x4.add(a2, f32x4.mul(d, d));
          d = f32x4.sub(r3, q);
          a3 = f32x4.add(a3, f32x4.mul(d, d));
          q = v128.load_splat<f32>(qb);
          d = f32x4.sub(r0, q);
          b0 = f32x4.add(b0, f32x4.mul(d, d));
          d = f32x4.sub(r1, q);
          b1 = f32x4.add(b1, f32x4.mul(d, d));
          d = f32x4.sub(r2, q);
          b2 = f32x4.add(b2, f32x4.mul(d, d));
          d = f32x4.sub(r3, q);
          b3 = f32x4.add(b3, f32x4.mul(d, d));
          at += STEP;
          qa += 4;
          qb += 4;
        }
        anyNear = column == numberCount || anyUpTo(a0, a1, a2, a3, limitA) || anyUpTo(b0, b1, b2, b3, limitB);
      }
      if (!anyNear) continue;
      if (codeCount > 0) {
        const codesOfA = queryCodes + <usize>query * <usize>codeCount;
        let differing = differingCodes(groupCodes, codesOfA, codeCount);
        let low = i16x8.extend_low_i8x16_u(differing);
        let high = i16x8.extend_high_i8x16_u(differing);
        a0 = f32x4.add(a0, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)), weight));
        a1 = f32x4.add(a1, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), weight));
        a2 = f32x4.add(a2, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), weight));
        a3 = f32x4.add(a3, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), weight));
        differing = differingCodes(groupCodes, codesOfA + <usize>codeCount, codeCount);
        low = i16x8.extend_low_i8x16_u(differing);
        high = i16x8.extend_high_i8x16_u(differing);
        b0 = f32x4.add(b0, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)), weight));
        b1 = f32x4.add(b1, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), weight));
        b2 = f32x4.add(b2, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), weight));
        b3 = f32x4.add(b3, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), weight));
      }
      for (let side = 0; side < 2; side++) {
        const i = query + side;
        const limit = v128.load_splat<f32>(limits + ((<usize>i) << 2));
        let near = side ? lanesUpTo(b0, b1, b2, b3, limit) : lanesUpTo(a0, a1, a2, a3, limit);
        while (near) {
          const lane = ctz(near);
          near &= near - 1;
          const row = (<i32>group << 4) + lane;
          if (row >= rows || (excluded >= 0 && row == excluded + i)) continue;
          const distance = squaredDistance(
            groupNumbers + ((<usize>lane) << 2),
            queries + <usize>i * queryBytes,
            numberCount,
            groupCodes + <usize>lane,
            queryCodes + <usize>i * <usize>codeCount,
            codeCount,
            mismatch,
          );
          const place = (<usize>i) * (<usize>k);
          const worst = insert(distance, row, best + (place << 3), indices + (place << 2), k);
          store<f32>(limits + ((<usize>i) << 2), limitOf(worst, growth, underflow));
        }
      }
    }
  }
}

/** Per lane of bytes, in how many of the columns its code is not the query's; up to 255 columns. */
// @ts-ignore: decorator
@inline
function differingCodes(codes: usize, query: usize, codeCount: i32): v128 {
  let equal = i8x16.splat(0);
  for (let column = <usize>0; column < <usize>codeCount; column++) {
    equal = i8x16.sub(equal, i8x16.eq(v128.load(codes + column * CODE_STEP), v128.load_splat<u8>(query + column)));
  }
  return i8x16.sub(i8x16.splat(<i8>codeCount), equal);
}

// @ts-ignore: decorator
@inline
function anyUpTo(v0: v128, v1: v128, v2: v128, v3: v128, limit: v128): bool {
  return v128.any_true(f32x4.le(f32x4.pmin(f32x4.pmin(v0, v1), f32x4.pmin(v2, v3)), limit));
}

/** One bit per lane, lowest first: whether it is at most the limit. */
// @ts-ignore: decorator
@inline
function lanesUpTo(v0: v128, v1: v128, v2: v128, v3: v128, limit: v128): i32 {
  const m0 = f32x4.le(v0, limit);
  const m1 = f32x4.le(v1, limit);
  const m2 = f32x4.le(v2, limit);
  const m3 = f32x4.le(v3, limit);
  if (!v128.any_true(v128.or(v128.or(m0, m1), v128.or(m2, m3)))) return 0;
  return (
    i32x4.bitmask(m0) | (i32x4.bitmask(m1) << 4) | (i32x4.bitmask(m2) << 8) | (i32x4.bitmask(m3) << 12)
  );
}

function squaredDistance(
  row: usize,
  query: usize,
  numberCount: i32,
  rowCodes: usize,
  queryCodes: usize,
  codeCount: i32,
  mismatch: f64,
): f64 {
  let sum: f64 = 0;
  for (let column = <usize>0; column < <usize>numberCount; column++) {
    const difference = <f64>load<f32>(query + (column << 2)) - <f64>load<f32>(row + column * STEP);
    sum += difference * difference;
  }
  let differing = 0;
  for (let column = <usize>0; column < <usize>codeCount; column++) {
    if (load<u8>(queryCodes + column) != load<u8>(rowCodes + column * CODE_STEP)) differing++;
  }
  return sum + mismatch * <f64>differing;
}

/** Puts the row behind all that are at most as far, and drops the last one. Returns the largest distance that is left. */
function insert(distance: f64, row: i32, best: usize, indices: usize, k: i32): f64 {
  let place = <usize>k - 1;
  const last = best + (place << 3);
  if (distance >= load<f64>(last)) return load<f64>(last);
  while (place > 0 && load<f64>(best + ((place - 1) << 3)) > distance) {
    store<f64>(best + (place << 3), load<f64>(best + ((place - 1) << 3)));
    store<i32>(indices + (place << 2), load<i32>(indices + ((place - 1) << 2)));
    place--;
  }
  store<f64>(best + (place << 3), distance);
  store<i32>(indices + (place << 2), row);
  return load<f64>(last);
}

/** Rows whose quick measure is beyond this are not nearer than `worst`. */
function limitOf(worst: f64, growth: f64, underflow: f64): f32 {
  if (worst == 0) return -1;
  if (growth == 1) return reinterpret<f32>(reinterpret<u32>(<f32>worst) - 1);
  return <f32>(worst * growth + underflow);
}
