import { InvalidArgumentError } from '../errors.ts';
import type { Block } from '../kernels/arena.ts';
import type { Kernels, LossKernelName } from '../kernels/kernels.ts';
import type { Matrix } from '../table/matrix.ts';
import type { Head, PlacedHead } from './heads.ts';

/**
 * What training minimises: the mean over the rows of a batch of a row's loss, which is a sum over the output columns
 * (with output o and target t):
 * - `squared-error`: (o - t)^2, whatever the head
 * - `cross-entropy`: -t log o in softmax heads, -t log o - (1 - t) log(1 - o) in sigmoid heads, (o - t)^2 in linear heads
 */
export type Loss = 'squared-error' | 'cross-entropy';

export const LOSSES = ['squared-error', 'cross-entropy'] as const satisfies readonly Loss[];

const LOSS_KERNELS: Record<Loss, Record<Head['kind'], LossKernelName>> = {
  'squared-error': {
    softmax: 'softmaxSquaredError',
    sigmoid: 'sigmoidSquaredError',
    linear: 'linearSquaredError',
  },
  'cross-entropy': {
    softmax: 'softmaxCrossEntropy',
    sigmoid: 'sigmoidCrossEntropy',
    linear: 'linearSquaredError',
  },
};

/** How far the targets of a softmax head may be from a sum of 1. */
const SUM_TOLERANCE = 1e-4;

/**
 * The loss of a batch of `rows` rows, summed over the rows. `gradient` becomes the gradient of the batch's *mean* loss in
 * the last layer's sums.
 */
export function lossAndGradient(
  kernels: Kernels,
  heads: readonly PlacedHead[],
  loss: Loss,
  sums: Block,
  targets: Block,
  gradient: Block,
  rows: number,
): number {
  let total = 0;
  for (const { kind, column, size } of heads) {
    total += kernels.headLoss(LOSS_KERNELS[loss][kind], sums, targets, gradient, column, size, rows, 1 / rows);
  }
  return total;
}

/**
 * Cross-entropy is a distance between distributions: targets of sigmoid heads must lie in [0, 1], those of softmax heads
 * too, and sum to 1. Squared error takes any targets.
 *
 * @throws InvalidArgumentError with row and column (both from 0) of the first target that is none
 */
export function requireTargets(targets: Matrix, heads: readonly PlacedHead[], loss: Loss): void {
  if (loss !== 'cross-entropy') return;
  for (const head of heads) {
    if (head.kind === 'linear') continue;
    for (let row = 0; row < targets.rows; row++) requireDistribution(targets, row, head);
  }
}

function requireDistribution({ columns, data }: Matrix, row: number, { kind, column, size }: PlacedHead): void {
  let sum = 0;
  for (let c = column; c < column + size; c++) {
    const target = data[row * columns + c];
    if (!(target >= 0 && target <= 1)) {
      throw new InvalidArgumentError(
        `targets: found ${target} at row ${row}, column ${c}, needed numbers between 0 and 1 for the cross-entropy of a ` +
          `${kind} head`,
      );
    }
    sum += target;
  }
  if (kind === 'softmax' && Math.abs(sum - 1) > SUM_TOLERANCE) {
    throw new InvalidArgumentError(
      `targets: found a sum of ${sum} at row ${row}, columns ${column} to ${column + size - 1}, needed 1 for the ` +
        'cross-entropy of a softmax head',
    );
  }
}
