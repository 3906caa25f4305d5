import type { Head } from '../../../core/network/heads.ts';
import { placeHeads } from '../../../core/network/heads.ts';
import type { Loss } from '../../../core/network/loss.ts';
import type { Network } from '../../../core/network/network.ts';
import type { Matrix } from '../../../core/table/matrix.ts';

/** Networks once more, naively and in double precision, as an independent to hold the engine against. */

/** The last layer's sums for one row of inputs. */
export function referenceSums(network: Network, inputs: readonly number[]): number[] {
  return network.layers.reduce<number[]>(
    (x, { weights, biases }, layer) => {
      const sums = Array.from(biases, (bias, j) =>
        x.reduce((sum, value, k) => sum + value * weights.data[k * weights.columns + j], bias),
      );
      return layer < network.layers.length - 1 ? sums.map((sum) => Math.max(0, sum)) : sums;
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
    if (loss === 'squared-error' || kind === 'linear') return total + (o - t) ** 2;
    if (kind === 'softmax') return total - t * Math.log(o);
    return total - t * Math.log(o) - (1 - t) * Math.log(1 - o);
  }, 0);
}

/** The mean loss of a batch. */
export function referenceLoss(network: Network, loss: Loss, inputs: Matrix, targets: Matrix): number {
  let total = 0;
  for (let row = 0; row < inputs.rows; row++) {
    const sums = referenceSums(network, matrixRow(inputs, row));
    total += referenceRowLoss(network.architecture.heads, loss, sums, matrixRow(targets, row));
  }
  return total / inputs.rows;
}

export function matrixRow({ columns, data }: Matrix, row: number): number[] {
  return Array.from(data.subarray(row * columns, (row + 1) * columns));
}
