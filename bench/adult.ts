import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRng, type Rng } from '../core/random/rng.ts';
import { permutation } from '../core/random/sample.ts';
import { createMatrix, takeMatrixRows } from '../core/table/matrix.ts';
import { ADULT_COLUMNS } from '../paper/adult.ts';
import type { LabelledRows } from './exchange.ts';
import { progress } from './progress.ts';
import { syntheticAdult } from './synthetic-adult.ts';

/** UCI Adult, or a synthetic table of its shape, as the experiment uses it: complete rows, one-hot, split by class. */
export interface Adult {
  /** the text of the file, for the command */
  readonly text: string;
  /** what to call it in a table */
  readonly name: string;
  readonly train: LabelledRows;
  readonly test: LabelledRows;
}

const NUMERIC = new Set(['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week']);
const TEST_FRACTION = 0.2;
/** Share of the training minority that the experiment keeps. */
const MINORITY_FRACTION = 0.25;

/** Where adult.data lies unless `--data` says otherwise. */
export const DEFAULT_ADULT = fileURLToPath(new URL('../../shared/data/adult.data', import.meta.url));

/** Reads adult.data; where there is none, says so and makes a table of the same shape. */
export function loadAdult(path: string): Adult {
  const real = existsSync(path);
  if (!real) progress(`found no adult.data (see --data), so a synthetic table of its shape stands in`);
  const text = real ? readFileSync(path, 'utf8') : syntheticAdult(createRng(0, 'bench-adult'));
  const all = encode(
    text
      .split('\n')
      .map((line) => line.trim().split(', '))
      .filter((fields) => fields.length === ADULT_COLUMNS.length && !fields.includes('?')),
  );
  return { text, name: real ? 'Adult' : 'synthetic stand-in for Adult', ...split(all, createRng(0, 'bench-split')) };
}

/** The rows of the minority class. */
export function minorityOf({ matrix, labels }: LabelledRows): LabelledRows {
  const rows = rowsOfClass(labels, 1);
  return { matrix: takeMatrixRows(matrix, rows), labels: new Uint8Array(rows.length).fill(1) };
}

/** Numbers scaled to [0, 1], categories one-hot with the first level dropped: 96 columns. */
function encode(rows: readonly string[][]): LabelledRows {
  const features = ADULT_COLUMNS.slice(0, -1).flatMap((name, c) => {
    const fields = rows.map((row) => row[c]);
    return NUMERIC.has(name) ? [scaled(fields.map(Number))] : oneHot(fields);
  });
  const matrix = createMatrix(rows.length, features.length);
  features.forEach((feature, c) => {
    for (let r = 0; r < rows.length; r++) matrix.data[r * features.length + c] = feature[r];
  });
  return { matrix, labels: Uint8Array.from(rows, (row) => (row[ADULT_COLUMNS.length - 1] === '>50K' ? 1 : 0)) };
}

function scaled(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return values.map((value) => (value - least) / (most - least));
}

function oneHot(fields: readonly string[]): number[][] {
  const levels = [...new Set(fields)].sort().slice(1);
  return levels.map((level) => fields.map((field) => (field === level ? 1 : 0)));
}

/** A fifth of each class is for testing; of the minority left, a quarter is for training. */
function split({ matrix, labels }: LabelledRows, rng: Rng): Pick<Adult, 'train' | 'test'> {
  const train: number[] = [];
  const test: number[] = [];
  for (const label of [0, 1]) {
    const rows = rowsOfClass(labels, label);
    const shuffled = permutation(rows.length, rng);
    const tested = Math.round(rows.length * TEST_FRACTION);
    const trained = Math.round((rows.length - tested) * (label === 1 ? MINORITY_FRACTION : 1));
    for (let i = 0; i < tested; i++) test.push(rows[shuffled[i]]);
    for (let i = tested; i < tested + trained; i++) train.push(rows[shuffled[i]]);
  }
  const take = (indices: number[]): LabelledRows => ({
    matrix: takeMatrixRows(matrix, indices),
    labels: Uint8Array.from(indices, (row) => labels[row]),
  });
  return { train: take(train), test: take(test) };
}

function rowsOfClass(labels: Uint8Array, label: number): number[] {
  const rows: number[] = [];
  labels.forEach((value, row) => {
    if (value === label) rows.push(row);
  });
  return rows;
}
