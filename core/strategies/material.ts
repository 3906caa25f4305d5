import { defaultEpochs } from '../generators/epochs.ts';
import { createGenerator } from '../generators/registry.ts';
import type { Labels } from '../learners/learner.ts';
import { createRng } from '../random/rng.ts';
import { encodeFeatures, type FeatureEncoder, fitFeatureEncoder, imputeMissing } from '../table/feature-encoder.ts';
import type { Matrix } from '../table/matrix.ts';
import { rowsOfClass } from '../table/split.ts';
import { type Table, takeRows } from '../table/table.ts';
import type { ObservedRows, StrategySettings } from './settings.ts';
import { STREAMS, streamOf } from './streams.ts';

/** Rows and the features that learners see of them. */
interface EncodedRows {
  readonly table: Table;
  readonly matrix: Matrix;
}

/** What all strategies that train on the same rows have in common. It is fitted to these rows and to no others. */
export interface Material extends EncodedRows {
  readonly labels: Labels;
  readonly encoder: FeatureEncoder;
  readonly settings: StrategySettings;
  readonly seed: number;
  /** before the names of the streams of chance; none for a run's own */
  readonly stream: string;
  /** lines 1 and 2 of Algorithm 1: a generator is trained when its rows are first asked for, and once */
  generated(): EncodedRows;
}

/** @param given what lines 1 and 2 have made of these rows already; by default they are made here */
export function createMaterial(
  { table, labels }: ObservedRows,
  settings: StrategySettings,
  seed: number,
  stream: string,
  given?: Table,
): Material {
  const encoder = fitFeatureEncoder(table);
  let generated = given && encode(encoder, given);
  return {
    table,
    labels,
    encoder,
    matrix: encodeFeatures(encoder, table),
    settings,
    seed,
    stream,
    generated() {
      generated ??= encode(encoder, generateRows({ table, labels }, encoder, settings, seed, stream));
      return generated;
    },
  };
}

function encode(encoder: FeatureEncoder, table: Table): EncodedRows {
  return { table, matrix: encodeFeatures(encoder, table) };
}

/** The teacher is the observed minority, its gaps filled as the learners see them filled. */
function generateRows(
  { table, labels }: ObservedRows,
  encoder: FeatureEncoder,
  { generator }: StrategySettings,
  seed: number,
  stream: string,
): Table {
  const minority = imputeMissing(encoder, takeRows(table, rowsOfClass(labels, 1)));
  const { rows = minority.rows, epochs = defaultEpochs(minority.rows), ...options } = generator;
  const fitted = createGenerator({ ...options, epochs }).fit(
    minority,
    createRng(seed, streamOf(stream, STREAMS.trainGenerator)),
  );
  return fitted.generate(rows, createRng(seed, streamOf(stream, STREAMS.generateRows)));
}
