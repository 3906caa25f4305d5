/** The smallest pivot, of a matrix whose diagonal is 1, that is told from rounding. */
const SMALLEST_PIVOT = 2 ** -44;
/** What is added to a diagonal of 1 where a pivot is too small, at first and each time again. */
const FIRST_RIDGE = 2 ** -40;
const RIDGE_GROWTH = 16;

/**
 * Solves A x = b for a symmetric, positive semidefinite A by Cholesky's decomposition. Rows and columns are first
 * scaled to a diagonal of 1, so that columns may differ by any power of ten. Where A is singular to working precision,
 * the least ridge that makes it regular is added to that diagonal (Levenberg 1944).
 *
 * @param matrix size x size, of which the upper triangle is read
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const scale = new Float64Array(size);
  for (let i = 0; i < size; i++) scale[i] = matrix[i * size + i] > 0 ? 1 / Math.sqrt(matrix[i * size + i]) : 1;
  const factor = new Float64Array(size * size);
  for (let ridge = 0; !decompose(matrix, scale, ridge, factor); ) {
    ridge = ridge === 0 ? FIRST_RIDGE : ridge * RIDGE_GROWTH;
  }
  return substitute(factor, right, scale);
}

/**
 * Writes the upper factor U, with UT U the scaled matrix plus the ridge on its diagonal. Row by row, so that the
 * innermost loop runs through memory in order.
 *
 * @returns whether every pivot was large enough
 */
function decompose(matrix: Float64Array, scale: Float64Array, ridge: number, factor: Float64Array): boolean {
  const size = scale.length;
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) factor[i * size + j] = matrix[i * size + j] * scale[i] * scale[j];
    factor[i * size + i] += ridge;
  }
  for (let i = 0; i < size; i++) {
    const base = i * size;
    const pivot = factor[base + i];
    if (!(pivot >= SMALLEST_PIVOT)) return false;
    const inverse = 1 / Math.sqrt(pivot);
    for (let j = i; j < size; j++) factor[base + j] *= inverse;
    for (let k = i + 1; k < size; k++) {
      const multiple = factor[base + k];
      if (multiple === 0) continue;
      for (let j = k; j < size; j++) factor[k * size + j] -= multiple * factor[base + j];
    }
  }
  return true;
}

/** Solves UT y = scaled b, then U x = y, and undoes the scaling. */
function substitute(factor: Float64Array, right: Float64Array, scale: Float64Array): Float64Array {
  const size = right.length;
  const x = right.map((value, i) => value * scale[i]);
  for (let i = 0; i < size; i++) {
    x[i] /= factor[i * size + i];
    for (let j = i + 1; j < size; j++) x[j] -= factor[i * size + j] * x[i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i];
    for (let j = i + 1; j < size; j++) sum -= factor[i * size + j] * x[j];
    x[i] = sum / factor[i * size + i];
  }
  return x.map((value, i) => value * scale[i]);
}
