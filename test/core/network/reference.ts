import type { Head } from '../../../core/network/heads.ts';
import { placeHeads } from '../../../core/network/heads.ts';
import type { Loss } from '../../../core/network/loss.ts';
import type { Network } from '../../../core/network/network.ts';
import type { Matrix } from '../../../core/table/matrix.ts';

/** Networks once more, naively and in double precision, as an independent to hold the engine against. */

/**
 * The last layer's sums for one row of inputs.
 *
 * @param masks per hidden layer what each unit's output is multiplied by
 */
export function referenceSums(
  network: Network,
  inputs: readonly number[],
  masks?: readonly (readonly number[])[],
): number[] {
  return network.layers.reduce<number[]>(
    (x, { weights, biases }, layer) => {
      const sums = Array.from(biases, (bias, j) =>
        x.reduce((sum, value, k) => sum + value * weights.data[k * weights.columns + j], bias),
      );
      if (layer === network.layers.length - 1) return sums;
      return sums.map((sum, unit) => Math.max(0, sum) * (masks?.[layer][unit] ?? 1));
    },
    [...inputs],
  );
}

/** The outputs of all heads for one row of sums. */
export function referenceOutputs(heads: readonly Head[], sums: readonly number[]): number[] {
  return placeHeads(heads).flatMap(({ kind, column, size }) => {
    const own = sums.slice(column, column + size);
    if (kind === 'linear') return own;
    if (kind === 'sigmoid') return own.map((x) => 1 / (1 + Math.exp(-x)));
    const exponentials = own.map((x) => Math.exp(x - Math.max(...own)));
    const total = exponentials.reduce((a, b) => a + b, 0);
    return exponentials.map((e) => e / total);
  });
}

/** The loss of one row: the definition in core/network/loss.ts, word by word. */
export function referenceRowLoss(
  heads: readonly Head[],
  loss: Loss,
  sums: readonly number[],
  targets: readonly number[],
): number {
  const outputs = referenceOutputs(heads, sums);
  const kinds = heads.flatMap(({ kind, size }) => Array<Head['kind']>(size).fill(kind));
  return kinds.reduce((total, kind, j) => {
    const [o, t] = [outputs[j], targets[j]];
    if (typeof loss === 'object') {
      return total - t * (1 - o) ** loss.gamma * Math.log(o) - (1 - t) * o ** loss.gamma * Math.log(1 - o);
    }
    if (loss === 'squared-error' || kind === 'linear') return total + (o - t) ** 2;
    if (kind === 'softmax') return total - t * Math.log(o);
    return total - t * Math.log(o) - (1 - t) * Math.log(1 - o);
  }, 0);
}

/** What may be said about a row of a batch besides inputs and targets. */
export interface RowSettings {
  readonly weight?: number;
  readonly masks?: readonly (readonly number[])[];
}

/** The mean loss of a batch; the sum of weighted losses over the number of rows where there are weights. */
export function referenceLoss(
  network: Network,
  loss: Loss,
  inputs: Matrix,
  targets: Matrix,
  settings: readonly RowSettings[] = [],
): number {
  let total = 0;
  for (let row = 0; row < inputs.rows; row++) {
    const { weight = 1, masks } = settings[row] ?? {};
    const sums = referenceSums(network, matrixRow(inputs, row), masks);
    total += weight * referenceRowLoss(network.architecture.heads, loss, sums, matrixRow(targets, row));
  }
  return total / inputs.rows;
}

export function matrixRow({ columns, data }: Matrix, row: number): number[] {
  return Array.from(data.subarray(row * columns, (row + 1) * columns));
}
