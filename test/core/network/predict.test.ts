import { describe, expect, it } from 'vitest';
import { outputColumns } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { predict } from '../../../core/network/predict.ts';
import { createMatrix, takeMatrixRows } from '../../../core/table/matrix.ts';
import { matrixRow, referenceOutputs, referenceSums } from './reference.ts';
import { MIXED_HEADS, normalMatrix, rngOf } from './samples.ts';

const rng = rngOf(5);
const network = initialiseNetwork({ inputs: 6, hidden: [11, 4], heads: MIXED_HEADS }, rng);

describe('predict', () => {
  it.each([1, 2, 255, 256, 257, 600])('agrees with the reference in double precision for %i rows', (rows) => {
    const inputs = normalMatrix(rows, 6, rng);
    const outputs = predict(network, inputs);
    for (let row = 0; row < rows; row++) {
      const expected = referenceOutputs(MIXED_HEADS, referenceSums(network, matrixRow(inputs, row)));
      matrixRow(outputs, row).forEach((output, j) => {
        expect(Math.abs(output - expected[j])).toBeLessThan(2e-6);
      });
    }
  });

  it('gives a row the same bits wherever it stands', () => {
    const inputs = normalMatrix(300, 6, rng);
    const order = Int32Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
    expect(predict(network, takeMatrixRows(inputs, order))).toEqual(takeMatrixRows(predict(network, inputs), order));
  });

  it('answers no rows with no rows', () => {
    expect(predict(network, createMatrix(0, 6))).toEqual(createMatrix(0, outputColumns(MIXED_HEADS)));
  });

  it('refuses another width and numbers that are none', () => {
    expect(() => predict(network, createMatrix(1, 5))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: inputs: found 5 columns, needed 6 as the network was built for]`,
    );
    const inputs = createMatrix(2, 6);
    inputs.data[7] = Number.NaN;
    expect(() => predict(network, inputs)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: inputs: found NaN at row 1, column 1, needed finite numbers]`,
    );
  });
});
