import { fitScaling, scaleColumns } from '../core/learners/neural-network/scaling.ts';
import { createRng } from '../core/random/rng.ts';
import { sampleWithoutReplacement } from '../core/random/sample.ts';
import { takeMatrixRows } from '../core/table/matrix.ts';
import { rowsOfClass } from '../core/table/split.ts';
import type { Adult } from './adult.ts';
import { drawContinuous } from './continuous.ts';
import type { LabelledRows } from './exchange.ts';
import type { DataId } from './learner-tasks.ts';

/** Training and test rows. */
export interface LearnerData {
  /** what to call them in a table */
  readonly name: string;
  readonly train: LabelledRows;
  readonly test: LabelledRows;
}

/** The rows that learners are measured on. */
export function learnerData(adult: Adult): Readonly<Record<DataId, LearnerData>> {
  const { name, train, test } = adult;
  return {
    adult,
    'adult-under-sampled': { name: `${name}, under-sampled`, train: underSample(train), test },
    'adult-standardized': { name: `${name}, standardized`, ...standardize(train, test) },
    continuous: {
      name: 'continuous',
      train: drawContinuous(200_000, 30, createRng(0, 'bench-train')),
      test: drawContinuous(50_000, 30, createRng(0, 'bench-test')),
    },
  };
}

/** As many majority rows as there are minority rows. */
function underSample({ matrix, labels }: LabelledRows): LabelledRows {
  const minority = rowsOfClass(labels, 1);
  const drawn = sampleWithoutReplacement(rowsOfClass(labels, 0), minority.length, createRng(0, 'bench-under-sample'));
  const rows = Int32Array.from([...minority, ...drawn]).sort();
  return { matrix: takeMatrixRows(matrix, rows), labels: Uint8Array.from(rows, (row) => labels[row]) };
}

/** As this project's neural network does by itself. */
function standardize(train: LabelledRows, test: LabelledRows): Pick<LearnerData, 'train' | 'test'> {
  const scaling = fitScaling(train.matrix);
  const scale = ({ matrix, labels }: LabelledRows) => ({ matrix: scaleColumns(scaling, matrix), labels });
  return { train: scale(train), test: scale(test) };
}
