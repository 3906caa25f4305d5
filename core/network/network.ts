import type { Matrix } from '../table/matrix.ts';
import { requireCount } from './arguments.ts';
import { type Head, outputColumns, requireHeads } from './heads.ts';

/** A dense feed-forward network: relu after every hidden layer, heads after the last one. */
export interface Architecture {
  /** columns of the inputs */
  readonly inputs: number;
  /** units of each hidden layer, from the inputs on; none makes a linear model */
  readonly hidden: readonly number[];
  /** the layout of the outputs */
  readonly heads: readonly Head[];
}

/** A layer's sums are x weights + biases. */
export interface Layer {
  /** layer inputs x layer outputs */
  readonly weights: Matrix;
  /** one per layer output */
  readonly biases: Float32Array;
}

/** A network's parameters. Immutable: training returns another one. */
export interface Network {
  readonly architecture: Architecture;
  readonly layers: readonly Layer[];
}

/** Inputs and outputs of each layer, in order. */
export function layerSizes({ inputs, hidden, heads }: Architecture): { inputs: number; outputs: number }[] {
  const widths = [inputs, ...hidden, outputColumns(heads)];
  return widths.slice(1).map((outputs, layer) => ({ inputs: widths[layer], outputs }));
}

/** @throws InvalidArgumentError where a width is no whole number of at least 1, or the heads are invalid */
export function requireArchitecture({ inputs, hidden, heads }: Architecture): void {
  requireCount(inputs, 'inputs');
  hidden.forEach((units, layer) => {
    requireCount(units, `hidden[${layer}]`);
  });
  requireHeads(heads);
}
