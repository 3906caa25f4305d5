// Dense products by register blocking: a tile of 4 rows x 8 columns of the result stays in 8 vector registers while the
// inner index runs, which leaves room for the operands in the 16 registers of x86-64. Every element of a result is summed
// in the order of the inner index, so the size of the tile does not show in the bits.

/**
 * result = relu(x weights + biases), or without relu where `rectify` is 0.
 * x: rows x inner, weights: inner x columns, biases: columns.
 */
export function affine(
  x: usize,
  xStride: usize,
  weights: usize,
  weightsStride: usize,
  biases: usize,
  result: usize,
  resultStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rectify: i32,
): void {
  product(x, xStride, 1, weights, weightsStride, biases, 0, result, resultStride, rows, inner, columns, rectify);
}

/** result = xT y. x: inner x rows, y: inner x columns. */
export function transposedProduct(
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  result: usize,
  resultStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  product(x, 1, xStride, y, yStride, 0, 0, result, resultStride, rows, inner, columns, 0);
}

/** result = x y where `mask` (laid out as the result) is above 0, and 0 elsewhere: the gradient through a relu. */
export function maskedProduct(
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  mask: usize,
  result: usize,
  resultStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  product(x, xStride, 1, y, yStride, 0, mask, result, resultStride, rows, inner, columns, 0);
}

/**
 * The element (i, k) of the left factor is `aRowStride` * i + `aInnerStride` * k floats behind `a`. Sums start at `start`
 * (one per column) or, where it is 0, at 0.
 */
function product(
  a: usize,
  aRowStride: usize,
  aInnerStride: usize,
  b: usize,
  bStride: usize,
  start: usize,
  mask: usize,
  c: usize,
  cStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rectify: i32,
): void {
  const aRow = aRowStride << 2;
  const aStep = aInnerStride << 2;
  const bStep = bStride << 2;
  const cRow = cStride << 2;
  const zero = f32x4.splat(0);
  for (let j = 0; j < columns; j += 8) {
    const panel = (<usize>j) << 2;
    const start0 = start ? v128.load(start + panel, 0) : zero;
    const start1 = start ? v128.load(start + panel, 16) : zero;
    for (let i = 0; i < rows; i += 4) {
      let a0 = a + <usize>i * aRow;
      let a1 = a0 + aRow;
      let a2 = a1 + aRow;
      let a3 = a2 + aRow;
      let bk = b + panel;
      let c00 = start0;
      let c01 = start1;
      let c10 = start0;
      let c11 = start1;
      let c20 = start0;
      let c21 = start1;
      let c30 = start0;
      let c31 = start1;
      for (let k = inner; k > 0; k--) {
        const b0 = v128.load(bk, 0);
        const b1 = v128.load(bk, 16);
        let s = v128.load_splat<f32>(a0);
        c00 = f32x4.add(c00, f32x4.mul(s, b0));
        c01 = f32x4.add(c01, f32x4.mul(s, b1));
        s = v128.load_splat<f32>(a1);
        c10 = f32x4.add(c10, f32x4.mul(s, b0));
        c11 = f32x4.add(c11, f32x4.mul(s, b1));
        s = v128.load_splat<f32>(a2);
        c20 = f32x4.add(c20, f32x4.mul(s, b0));
        c21 = f32x4.add(c21, f32x4.mul(s, b1));
        s = v128.load_splat<f32>(a3);
        c30 = f32x4.add(c30, f32x4.mul(s, b0));
        c31 = f32x4.add(c31, f32x4.mul(s, b1));
        a0 += aStep;
        a1 += aStep;
        a2 += aStep;
        a3 += aStep;
        bk += bStep;
      }
      if (rectify) {
        c00 = f32x4.pmax(c00, zero);
        c01 = f32x4.pmax(c01, zero);
        c10 = f32x4.pmax(c10, zero);
        c11 = f32x4.pmax(c11, zero);
        c20 = f32x4.pmax(c20, zero);
        c21 = f32x4.pmax(c21, zero);
        c30 = f32x4.pmax(c30, zero);
        c31 = f32x4.pmax(c31, zero);
      }
      const tile = <usize>i * cRow + panel;
      if (mask) {
        let m = mask + tile;
        c00 = v128.and(c00, f32x4.gt(v128.load(m, 0), zero));
        c01 = v128.and(c01, f32x4.gt(v128.load(m, 16), zero));
        m += cRow;
        c10 = v128.and(c10, f32x4.gt(v128.load(m, 0), zero));
        c11 = v128.and(c11, f32x4.gt(v128.load(m, 16), zero));
        m += cRow;
        c20 = v128.and(c20, f32x4.gt(v128.load(m, 0), zero));
        c21 = v128.and(c21, f32x4.gt(v128.load(m, 16), zero));
        m += cRow;
        c30 = v128.and(c30, f32x4.gt(v128.load(m, 0), zero));
        c31 = v128.and(c31, f32x4.gt(v128.load(m, 16), zero));
      }
      let out = c + tile;
      v128.store(out, c00, 0);
      v128.store(out, c01, 16);
      out += cRow;
      v128.store(out, c10, 0);
      v128.store(out, c11, 16);
      out += cRow;
      v128.store(out, c20, 0);
      v128.store(out, c21, 16);
      out += cRow;
      v128.store(out, c30, 0);
      v128.store(out, c31, 16);
    }
  }
}

/** result[j] = the sum of column j of x. */
export function columnSums(x: usize, xStride: usize, result: usize, rows: i32, columns: i32): void {
  const step = xStride << 2;
  for (let j = 0; j < columns; j += 4) {
    let at = x + ((<usize>j) << 2);
    let sum = f32x4.splat(0);
    for (let i = rows; i > 0; i--) {
      sum = f32x4.add(sum, v128.load(at));
      at += step;
    }
    v128.store(result + ((<usize>j) << 2), sum);
  }
}

/** result = xT, in blocks of 4 x 4. x: rows x columns. */
export function transpose(
  x: usize,
  xStride: usize,
  result: usize,
  resultStride: usize,
  rows: i32,
  columns: i32,
): void {
  const from = xStride << 2;
  const to = resultStride << 2;
  for (let i = 0; i < rows; i += 4) {
    for (let j = 0; j < columns; j += 4) {
      let at = x + <usize>i * from + ((<usize>j) << 2);
      const r0 = v128.load(at);
      at += from;
      const r1 = v128.load(at);
      at += from;
      const r2 = v128.load(at);
      at += from;
      const r3 = v128.load(at);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      let out = result + <usize>j * to + ((<usize>i) << 2);
      v128.store(out, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      out += to;
      v128.store(out, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      out += to;
      v128.store(out, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      out += to;
      v128.store(out, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    }
  }
}
