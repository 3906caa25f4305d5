import type { Matrix } from '../../table/matrix.ts';
import { readNumber, readNumbers, type Saved } from '../saved.ts';

/** decision value of x = sum over the columns of coefficient * x, plus intercept */
export interface LinearModel {
  readonly intercept: number;
  /** one per column */
  readonly coefficients: Float64Array;
}

export function linearScores({ intercept, coefficients }: LinearModel, { rows, columns, data }: Matrix): Float64Array {
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += coefficients[column] * data[row * columns + column];
    scores[row] = sum + intercept;
  }
  return scores;
}

export function linearModelToJSON({ intercept, coefficients }: LinearModel) {
  return { intercept, coefficients: [...coefficients] };
}

/** @throws InvalidArgumentError where `saved` is no model of so many columns */
export function readLinearModel(saved: Saved, columns: number): LinearModel {
  const coefficients = readNumbers(saved, 'coefficients', 'one per column', columns);
  return { intercept: readNumber(saved, 'intercept'), coefficients: Float64Array.from(coefficients) };
}
