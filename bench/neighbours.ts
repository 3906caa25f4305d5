import { type MixedRows, takeMixedRows } from '../core/neighbours/mixed-rows.ts';
import { type Neighbours, nearestMixedNeighbours, nearestNeighbours } from '../core/neighbours/nearest-neighbours.ts';
import { createRng } from '../core/random/rng.ts';
import { createMatrix, type Matrix } from '../core/table/matrix.ts';
import { ADULT_COLUMNS } from '../paper/adult.ts';
import type { Adult } from './adult.ts';
import { drawContinuous } from './continuous.ts';
import { writeRows } from './exchange.ts';
import { progress } from './progress.ts';
import type { Python } from './python.ts';
import { takeTurns, time } from './series.ts';
import type { Row } from './table.ts';
import { startWorker, type Worker } from './worker.ts';

const K = 5;
const ROUNDS = 5;
const BAR = { ratio: 1.5 };
const PEER = 'scikit-learn brute force, 1 thread';

interface Measured {
  readonly seconds: number;
  readonly meanDistance: number;
}

/**
 * The nearest neighbours of all rows among all rows: of Adult in one-hot columns and as mixed rows, and of normals,
 * which are all about equally far from each other, so that few distances can be left unfinished.
 *
 * @param directory for exchanged rows
 */
export async function benchNeighbours(python: Python, directory: string, adult: Adult): Promise<Row[]> {
  progress('nearest neighbours');
  const oneHot = adult.train.matrix;
  const mixed = mixedRows(adult, oneHot.rows);
  const normal = drawContinuous(oneHot.rows, 30, createRng(0, 'bench-neighbours')).matrix;
  const worker = startWorker(python, 'neighbours.py', [directory], 1);
  const search = (matrix: Matrix) => () => nearestNeighbours(matrix, matrix, K, { excludeSelf: true });
  const rows = [
    await compare(worker, directory, `${adult.name} one-hot`, oneHot, search(oneHot)),
    await compare(worker, directory, 'normals', normal, search(normal)),
    {
      ...(await compare(
        worker,
        directory,
        `${adult.name} as ${mixed.numberCount} numbers and ${mixed.codeCount} codes`,
        scaledOneHot(mixed),
        () => nearestMixedNeighbours(mixed, mixed, K, { excludeSelf: true }),
      )),
      peer: `${PEER}, on its one-hot columns`,
    },
  ];
  await worker.stop();
  return rows;
}

/** @param matrix what the peer gets */
async function compare(
  worker: Worker,
  directory: string,
  name: string,
  matrix: Matrix,
  search: () => Neighbours,
): Promise<Row> {
  writeRows(directory, 'neighbours', { matrix, labels: new Uint8Array(matrix.rows) });
  const means = { ours: 0, theirs: 0 };
  const seconds = await takeTurns(ROUNDS, 1, {
    ours: () => {
      const { value, seconds } = time(search);
      means.ours = value.distances.reduce((sum, distance) => sum + distance, 0) / value.distances.length;
      return seconds;
    },
    theirs: async () => {
      const { seconds, meanDistance } = await worker.ask<Measured>({ name: 'neighbours', k: K });
      means.theirs = meanDistance;
      return seconds;
    },
  });
  return {
    what: `${K} nearest neighbours of each of ${matrix.rows} rows, ${name} (${matrix.columns} columns)`,
    unit: 's',
    ours: seconds.ours,
    peer: PEER,
    theirs: seconds.theirs,
    bar: BAR,
    note: `mean distance ${means.ours.toFixed(6)} / ${means.theirs.toFixed(6)}`,
  };
}

/** The first complete rows of Adult: numbers in units of their standard deviation, and a code for each category. */
function mixedRows({ text }: Adult, rows: number): MixedRows {
  const complete = text
    .split('\n')
    .map((line) => line.trim().split(', '))
    .filter((fields) => fields.length === ADULT_COLUMNS.length && !fields.includes('?'));
  const features = ADULT_COLUMNS.slice(0, -1).map((_, c) => complete.map((fields) => fields[c]));
  const isNumber = (fields: string[]) => !Number.isNaN(Number(fields[0]));
  const numbers = features.filter(isNumber).map((fields) => standardized(fields.map(Number)));
  const codes = features.filter((fields) => !isNumber(fields)).map(coded);
  const all: MixedRows = {
    rows: complete.length,
    numberCount: numbers.length,
    codeCount: codes.length,
    numbers: Float32Array.from({ length: complete.length * numbers.length }, (_, i) => {
      return numbers[i % numbers.length][Math.floor(i / numbers.length)];
    }),
    codes: Uint8Array.from({ length: complete.length * codes.length }, (_, i) => {
      return codes[i % codes.length][Math.floor(i / codes.length)];
    }),
  };
  return takeMixedRows(
    all,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
}

function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / deviation);
}

function coded(fields: readonly string[]): number[] {
  const levels = new Map([...new Set(fields)].sort().map((level, code) => [level, code]));
  return fields.map((field) => levels.get(field)!);
}

/** The same distances in columns of numbers alone. */
function scaledOneHot({ rows, numberCount, codeCount, numbers, codes }: MixedRows): Matrix {
  const sizes = Array.from({ length: codeCount }, (_, c) => {
    return 1 + codes.reduce((most, code, i) => (i % codeCount === c ? Math.max(most, code) : most), 0);
  });
  const matrix = createMatrix(
    rows,
    sizes.reduce((sum, size) => sum + size, numberCount),
  );
  for (let row = 0; row < rows; row++) {
    let at = row * matrix.columns;
    matrix.data.set(numbers.subarray(row * numberCount, (row + 1) * numberCount), at);
    at += numberCount;
    for (let c = 0; c < codeCount; c++) {
      matrix.data[at + codes[row * codeCount + c]] = Math.SQRT1_2;
      at += sizes[c];
    }
  }
  return matrix;
}
