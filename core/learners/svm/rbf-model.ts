import { decodeFloat32, encodeFloat32 } from '../../kernels/base64.ts';
import { KernelRows, type PackedRows, type SvmKernel } from '../../kernels/svm-kernels.ts';
import { createMatrix, type Matrix, requireFinite } from '../../table/matrix.ts';
import { readNumber, readNumbers, readText, type Saved } from '../saved.ts';
import {
  isPackable,
  type Packing,
  packRow,
  packRows,
  requireFinitePacked,
  splitColumns,
  unfilledRows,
  withoutIndicators,
} from './rows.ts';

/** decision value of x = sum over the support vectors s of coefficient * exp(-gamma |x - s|^2), plus intercept */
export interface RbfModel {
  readonly gamma: number;
  readonly intercept: number;
  /** at least one row */
  readonly supportVectors: Matrix;
  /** one per support vector: its multiplier, negative for the majority */
  readonly coefficients: Float64Array;
}

/** Beyond this, two different bits are as far apart as any: their kernel is the smallest there is. */
const LARGEST_BIT_FACTOR = 1e38;

/** How the columns of `matrix` are packed for the kernel of this gamma. */
export function rbfPacking(matrix: Matrix, gamma: number): Packing {
  const columns = splitColumns(matrix);
  return { ...columns, offsets: new Float64Array(columns.numbers.length), scale: widthScale(gamma) };
}

/** The kernel of rows that were packed for this gamma. */
export function rbfKernel(gamma: number): SvmKernel {
  const scale = widthScale(gamma);
  return { type: 'rbf', numberFactor: gamma / scale / scale, bitFactor: Math.min(gamma, LARGEST_BIT_FACTOR) };
}

/** Scores rows: the model's support vectors are packed when first needed. */
export function rbfScorer(model: RbfModel): (matrix: Matrix) => Float64Array {
  const { supportVectors, gamma } = model;
  let usual: Expansion | undefined;
  let other: Expansion | undefined;
  return (matrix) => {
    usual ??= new Expansion(model, rbfPacking(supportVectors, gamma));
    const scores = new Float64Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) {
      if (usual.takes(matrix, row)) {
        scores[row] = usual.score(matrix, row);
      } else {
        other ??= new Expansion(model, withoutIndicators(supportVectors.columns, widthScale(gamma)));
        scores[row] = other.score(matrix, row);
      }
    }
    return scores;
  };
}

/** A model in the kernels' memory. */
class Expansion {
  readonly #model: RbfModel;
  readonly #packing: Packing;
  readonly #rows: KernelRows;
  readonly #query: PackedRows;

  constructor(model: RbfModel, packing: Packing) {
    const packed = packRows(model.supportVectors, packing);
    requireFinitePacked(packed, packing, model.gamma);
    this.#model = model;
    this.#packing = packing;
    this.#query = unfilledRows(1, packing);
    this.#rows = new KernelRows(packed.rows, packed, rbfKernel(model.gamma));
    for (let row = 0; row < packed.rows; row++) this.#rows.place(row, packed, row);
  }

  takes(matrix: Matrix, row: number): boolean {
    return isPackable(matrix, row, this.#packing);
  }

  score(matrix: Matrix, row: number): number {
    const { coefficients, intercept } = this.#model;
    packRow(matrix, row, this.#packing, this.#query, 0);
    return intercept + dot(this.#rows.evaluate(this.#query, 0, 0, coefficients.length), coefficients);
  }
}

/** In four sums, so that no addition waits for the one before. */
function dot(values: Float32Array, coefficients: Float64Array): number {
  const { length } = coefficients;
  const whole = length - (length % 4);
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    sum0 += values[i] * coefficients[i];
    sum1 += values[i + 1] * coefficients[i + 1];
    sum2 += values[i + 2] * coefficients[i + 2];
    sum3 += values[i + 3] * coefficients[i + 3];
  }
  for (let i = whole; i < length; i++) sum0 += values[i] * coefficients[i];
  return sum0 + sum1 + (sum2 + sum3);
}

/**
 * The power of two by which numbers are scaled, so that what remains of gamma is from 1 to 4 and squares stay in range.
 */
function widthScale(gamma: number): number {
  let scale = 1;
  while (gamma / scale / scale >= 4) scale *= 2;
  while (gamma / scale / scale < 1) scale /= 2;
  return scale;
}

export function rbfModelToJSON({ gamma, intercept, supportVectors, coefficients }: RbfModel) {
  return { gamma, intercept, coefficients: [...coefficients], supportVectors: encodeFloat32(supportVectors.data) };
}

/** @throws InvalidArgumentError, NonFiniteValueError where `saved` is no model of so many columns */
export function readRbfModel(saved: Saved, columns: number): RbfModel {
  const coefficients = Float64Array.from(readNumbers(saved, 'coefficients', 'one per support vector'));
  const where = `${saved.what}, supportVectors`;
  const data = decodeFloat32(readText(saved, 'supportVectors'), coefficients.length * columns, where);
  const supportVectors = createMatrix(coefficients.length, columns, data);
  requireFinite(supportVectors, where);
  return {
    gamma: readNumber(saved, 'gamma', 'a finite number above 0', (gamma) => gamma > 0),
    intercept: readNumber(saved, 'intercept'),
    supportVectors,
    coefficients,
  };
}
