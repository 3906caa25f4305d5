import { InvalidArgumentError } from '../errors.ts';
import type { HeadKernelName } from '../kernels/kernels.ts';
import { createMatrix, type Matrix, requireFinite } from '../table/matrix.ts';
import { ForwardPass } from './forward.ts';
import { type Head, outputColumns, placeHeads } from './heads.ts';
import type { Network } from './network.ts';

/** Rows per pass: enough to fill the kernels, few enough that a call stays short. */
const BATCH_ROWS = 256;

const HEAD_KERNELS: Record<Exclude<Head['kind'], 'linear'>, HeadKernelName> = {
  softmax: 'softmaxOutputs',
  sigmoid: 'sigmoidOutputs',
};

/**
 * The network's outputs, one row per row of `inputs`; a row's outputs do not depend on the other rows.
 *
 * @param inputs rows (none is fine) x the network's inputs, finite
 * @returns rows x the columns that the heads cover
 * @throws InvalidArgumentError (another width), NonFiniteValueError (with row and column)
 */
export function predict(network: Network, inputs: Matrix): Matrix {
  const { architecture } = network;
  if (inputs.columns !== architecture.inputs) {
    throw new InvalidArgumentError(
      `inputs: found ${inputs.columns} columns, needed ${architecture.inputs} as the network was built for`,
    );
  }
  requireFinite(inputs, 'inputs');
  const heads = placeHeads(architecture.heads);
  const outputs = createMatrix(inputs.rows, outputColumns(heads));
  const forward = new ForwardPass(network, Math.min(BATCH_ROWS, inputs.rows));
  const { kernels, sums } = forward;
  const order = Int32Array.from({ length: inputs.rows }, (_, row) => row);
  for (let start = 0; start < inputs.rows; start += BATCH_ROWS) {
    const end = Math.min(start + BATCH_ROWS, inputs.rows);
    const rows = end - start;
    kernels.arena.writeRows(forward.inputs, inputs, order, start, end);
    forward.run(rows);
    for (const { kind, column, size } of heads) {
      if (kind !== 'linear') kernels.headOutputs(HEAD_KERNELS[kind], sums, column, size, rows);
    }
    outputs.data.set(kernels.arena.read(sums, rows).data, start * outputs.columns);
  }
  return outputs;
}
