import { InvalidArgumentError } from '../errors.ts';
import type { Block } from '../kernels/arena.ts';
import type { Cells, Kernels, LossKernelName } from '../kernels/kernels.ts';
import type { Matrix } from '../table/matrix.ts';
import { requireOneOf } from './arguments.ts';
import type { Head, PlacedHead } from './heads.ts';

/**
 * What training minimises: the weighted mean over the rows of a batch of a row's loss, which is a sum over the output columns
 * (with output o and target t):
 * - `squared-error`: (o - t)^2, whatever the head
 * - `cross-entropy`: -t log o in softmax heads, -t log o - (1 - t) log(1 - o) in sigmoid heads, (o - t)^2 in linear heads
 * - focal: see `FocalLoss`, sigmoid heads only
 */
export type Loss = NamedLoss | FocalLoss;

export type NamedLoss = 'squared-error' | 'cross-entropy';

/**
 * -t (1 - o)^gamma log o - (1 - t) o^gamma log(1 - o): cross-entropy in which outputs that are already right count for little
 * (Lin, Goyal, Girshick, He & Dollar 2017, https://arxiv.org/abs/1708.02002, without its alpha, which row weights are for).
 */
export interface FocalLoss {
  readonly kind: 'focal';
  /** from 0, which is cross-entropy; the paper's is 2 */
  readonly gamma: number;
}

export const LOSSES = ['squared-error', 'cross-entropy'] as const satisfies readonly NamedLoss[];

const LOSS_KERNELS: Record<NamedLoss, Record<Head['kind'], LossKernelName>> = {
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

/** The part of `lossAndGradient`'s arguments that stays the same from batch to batch. */
export interface LossBlocks {
  /** the last layer's */
  readonly sums: Block;
  readonly targets: Block;
  /** what `lossAndGradient` writes */
  readonly gradient: Block;
}

/**
 * The loss of a batch of `rows` rows, summed over the rows, each times its weight. `gradient` becomes that of this sum over
 * `rows` in the last layer's sums: the gradient of the batch's *mean* loss, where weights have a mean of 1.
 *
 * @param weights one per row of the batch; without them, all are 1
 */
export function lossAndGradient(
  kernels: Kernels,
  heads: readonly PlacedHead[],
  loss: Loss,
  blocks: LossBlocks,
  rows: number,
  weights?: Float64Array,
): number {
  let total = 0;
  for (const { kind, column, size } of heads) {
    if (weights === undefined) {
      total += cellsLoss(kernels, kind, loss, blocks, { row: 0, rows, column, size }, 1 / rows);
      continue;
    }
    let headTotal = 0;
    for (let row = 0; row < rows; row++) {
      const cells = { row, rows: 1, column, size };
      headTotal += weights[row] * cellsLoss(kernels, kind, loss, blocks, cells, weights[row] / rows);
    }
    total += headTotal;
  }
  return total;
}

function cellsLoss(
  kernels: Kernels,
  kind: Head['kind'],
  loss: Loss,
  { sums, targets, gradient }: LossBlocks,
  cells: Cells,
  scale: number,
): number {
  if (typeof loss === 'object') return kernels.focalLoss(sums, targets, gradient, cells, scale, loss.gamma);
  return kernels.headLoss(LOSS_KERNELS[loss][kind], sums, targets, gradient, cells, scale);
}

/** @throws InvalidArgumentError where there is no such loss, gamma is out of range, or a head is none that it is defined for */
export function requireLoss(loss: Loss, heads: readonly Head[]): void {
  if (typeof loss !== 'object') {
    requireOneOf(loss, LOSSES, 'loss');
    return;
  }
  requireOneOf(loss.kind, ['focal'], 'loss.kind');
  if (!(loss.gamma >= 0 && loss.gamma < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`loss.gamma: found ${loss.gamma}, needed a finite number from 0`);
  }
  heads.forEach(({ kind }, index) => {
    requireOneOf(kind, ['sigmoid'], `heads[${index}].kind, for a focal loss`);
  });
}

/**
 * Cross-entropy (focal or not) is a distance between distributions: targets of sigmoid heads must lie in [0, 1], those of softmax heads
 * too, and sum to 1. Squared error takes any targets.
 *
 * @throws InvalidArgumentError with row and column (both from 0) of the first target that is none
 */
export function requireTargets(targets: Matrix, heads: readonly PlacedHead[], loss: Loss): void {
  if (loss === 'squared-error') return;
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
