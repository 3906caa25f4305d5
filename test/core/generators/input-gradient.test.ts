import { describe, expect, it } from 'vitest';
import { InputGradient } from '../../../core/generators/input-gradient.ts';
import { BackwardPass } from '../../../core/network/backward.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { placeHeads } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { LOSSES, lossAndGradient } from '../../../core/network/loss.ts';
import { referenceRowLoss, referenceSums } from '../network/reference.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from '../network/samples.ts';

const ROWS = 7;
const INPUTS = 5;

describe('InputGradient', () => {
  it.each(LOSSES.flatMap((loss) => [[], [6], [9, 4]].map((hidden) => [loss, hidden] as const)))(
    'is the slope of the mean loss in the inputs (%s, hidden layers %j)',
    (loss, hidden) => {
      const rng = rngOf(hidden.length);
      const network = initialiseNetwork({ inputs: INPUTS, hidden, heads: MIXED_HEADS }, rng);
      const inputs = normalMatrix(ROWS, INPUTS, rng);
      const targets = randomTargets(ROWS, MIXED_HEADS, rng);
      const forward = new ForwardPass(network, ROWS + 2);
      const backward = new BackwardPass(forward);
      const { arena } = forward.kernels;
      const blocks = {
        sums: forward.sums,
        targets: arena.allocate(ROWS + 2, targets.columns),
        gradient: backward.sumsGradient,
      };
      const order = Int32Array.from({ length: ROWS }, (_, row) => row);
      arena.writeRows(forward.inputs, inputs, order, 0, ROWS);
      arena.writeRows(blocks.targets, targets, order, 0, ROWS);
      const inputGradient = new InputGradient(forward, backward);
      forward.run(ROWS);
      lossAndGradient(forward.kernels, placeHeads(MIXED_HEADS), loss, blocks, ROWS);
      const gradient = inputGradient.run(ROWS);

      expect([gradient.rows, gradient.columns]).toEqual([ROWS, INPUTS]);
      const step = 1e-5;
      for (let cell = 0; cell < ROWS * INPUTS; cell++) {
        const row = Math.floor(cell / INPUTS);
        const rowTargets = Array.from(targets.data.subarray(row * targets.columns, (row + 1) * targets.columns));
        const lossAt = (moved: number): number => {
          const x = Array.from(inputs.data.subarray(row * INPUTS, (row + 1) * INPUTS));
          x[cell % INPUTS] += moved;
          return referenceRowLoss(MIXED_HEADS, loss, referenceSums(network, x), rowTargets) / ROWS;
        };
        expect(gradient.data[cell]).toBeCloseTo((lossAt(step) - lossAt(-step)) / (2 * step), 4);
      }
    },
  );
});
