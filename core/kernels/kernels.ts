import { Arena, type Block, paddedLength } from './arena.ts';
import { instantiateKernels, type KernelExports } from './instance.ts';

/** What a step of Adam needs besides the blocks; see core/network/adam.ts. */
export interface AdamCoefficients {
  /** the learning rate over 1 - beta1^t */
  readonly step: number;
  /** 1 over the square root of 1 - beta2^t */
  readonly rootFactor: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export type HeadKernelName = 'softmaxOutputs' | 'sigmoidOutputs';

export type LossKernelName =
  | 'linearSquaredError'
  | 'sigmoidSquaredError'
  | 'sigmoidCrossEntropy'
  | 'softmaxSquaredError'
  | 'softmaxCrossEntropy';

/** A rectangle of a block: `rows` rows from `row` on, `size` columns from `column` on. */
export interface Cells {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly size: number;
}

/**
 * The WebAssembly kernels on the blocks of one arena. Private to core/network: shapes are the caller's business and not
 * checked. Keep every call short (a batch): V8 does not replace a running WebAssembly function by its optimized version.
 */
export class Kernels {
  readonly arena: Arena;
  readonly #wasm: KernelExports;

  constructor() {
    this.#wasm = instantiateKernels();
    this.arena = new Arena(this.#wasm.memory, this.#wasm.freeMemoryStart());
  }

  /** The first `rows` rows of result = x weights + biases; where `rectify`, negative results become 0. */
  affine(x: Block, weights: Block, biases: Block, result: Block, rows: number, rectify: boolean): void {
    this.#wasm.affine(
      x.pointer,
      x.stride,
      weights.pointer,
      weights.stride,
      biases.pointer,
      result.pointer,
      result.stride,
      rows,
      weights.rows,
      result.columns,
      rectify ? 1 : 0,
    );
  }

  /** result = xT y, of the first `rows` rows of x and y. */
  transposedProduct(x: Block, y: Block, result: Block, rows: number): void {
    this.#wasm.transposedProduct(
      x.pointer,
      x.stride,
      y.pointer,
      y.stride,
      result.pointer,
      result.stride,
      result.rows,
      rows,
      result.columns,
    );
  }

  /** The first `rows` rows of result = x y, 0 where `mask` (of the result's shape) is not above 0. */
  maskedProduct(x: Block, y: Block, mask: Block, result: Block, rows: number): void {
    this.#wasm.maskedProduct(
      x.pointer,
      x.stride,
      y.pointer,
      y.stride,
      mask.pointer,
      result.pointer,
      result.stride,
      rows,
      y.rows,
      result.columns,
    );
  }

  /** result (one row) = the sums of the columns over the first `rows` rows of x. */
  columnSums(x: Block, result: Block, rows: number): void {
    this.#wasm.columnSums(x.pointer, x.stride, result.pointer, rows, x.columns);
  }

  /** result = xT */
  transpose(x: Block, result: Block): void {
    this.#wasm.transpose(x.pointer, x.stride, result.pointer, result.stride, x.rows, x.columns);
  }

  /** Turns the weighted sums in `size` columns from `column` on into outputs, in place, for the first `rows` rows. */
  headOutputs(name: HeadKernelName, sums: Block, column: number, size: number, rows: number): void {
    this.#wasm[name](sums.pointer + column * 4, sums.stride, rows, size);
  }

  /**
   * The loss in `cells`, all columns of one head, summed over their rows; `gradient` becomes the slope of `scale` times that
   * sum in the head's weighted sums. `sums`, `targets` and `gradient` have the same shape.
   */
  headLoss(name: LossKernelName, sums: Block, targets: Block, gradient: Block, cells: Cells, scale: number): number {
    const offset = cellOffset(sums, cells);
    return this.#wasm[name](
      sums.pointer + offset,
      targets.pointer + offset,
      gradient.pointer + offset,
      sums.stride,
      cells.rows,
      cells.size,
      scale,
    );
  }

  /** `headLoss` for the focal loss of a sigmoid head, which has an exponent: `gamma`. */
  focalLoss(sums: Block, targets: Block, gradient: Block, cells: Cells, scale: number, gamma: number): number {
    const offset = cellOffset(sums, cells);
    return this.#wasm.sigmoidFocal(
      sums.pointer + offset,
      targets.pointer + offset,
      gradient.pointer + offset,
      sums.stride,
      cells.rows,
      cells.size,
      scale,
      gamma,
    );
  }

  /** The first `rows` rows of x = x y, number by number. x and y have the same shape. */
  multiply(x: Block, y: Block, rows: number): void {
    this.#wasm.multiply(x.pointer, y.pointer, rows * x.stride);
  }

  /** The first `rows` rows of x = factor x. */
  scale(x: Block, factor: number, rows: number): void {
    this.#wasm.scale(x.pointer, factor, rows * x.stride);
  }

  /** Moves `parameters` against `gradients`; `means` and `squares` are Adam's running moments. All four have one shape. */
  adamStep(parameters: Block, gradients: Block, means: Block, squares: Block, coefficients: AdamCoefficients): void {
    const { step, rootFactor, beta1, beta2, epsilon } = coefficients;
    this.#wasm.adamStep(
      parameters.pointer,
      gradients.pointer,
      means.pointer,
      squares.pointer,
      paddedLength(parameters),
      step,
      rootFactor,
      beta1,
      beta2,
      epsilon,
    );
  }
}

/** How many bytes behind a block's pointer the first of `cells` lies. */
function cellOffset({ stride }: Block, { row, column }: Cells): number {
  return (row * stride + column) * 4;
}
