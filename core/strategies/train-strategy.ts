import type { FittedLearner, Labels } from '../learners/learner.ts';
import type { FeatureEncoder } from '../table/feature-encoder.ts';
import { stackTables, type Table, takeRows } from '../table/table.ts';
import { fitStrategy } from './fit-strategy.ts';
import { createMaterial } from './material.ts';
import type { ObservedRows, StrategySettings } from './settings.ts';
import type { Strategy } from './strategy.ts';

export interface TrainedStrategy {
  readonly learner: FittedLearner;
  /** statistics of the observed rows, whatever is made of them */
  readonly encoder: FeatureEncoder;
  /** what it was trained on, row for row; a row that is given twice is there twice */
  readonly rows: {
    readonly table: Table;
    readonly labels: Labels;
    /** by class, where the strategy or the learner's settings weigh classes; else 1 */
    readonly weights: Float64Array;
    /** row of the observed ones, or -1 - i for the i-th generated row */
    readonly origins: Int32Array;
  };
}

/**
 * Trains the learner on observed rows as a strategy says. Given the rows, the seed and no `stream`, Algorithm 1 and
 * under-sampling train on the very rows that a run's steps make.
 *
 * @param stream a prefix to the names of the streams of chance, so that other rows draw other numbers; '' for none
 * @param generated rows that a generator, trained on these rows, has made already; by default one is trained
 * @throws InvalidArgumentError (a strategy without its ratio or costs, settings out of range), OneClassError, and what the
 * learner throws
 */
export function trainStrategy(
  strategy: Strategy,
  observed: ObservedRows,
  settings: StrategySettings,
  seed: number,
  stream: string,
  generated?: Table,
): TrainedStrategy {
  const material = createMaterial(observed, settings, seed, stream, generated);
  const { learner, origins, labels, weights } = fitStrategy(strategy, material);
  const isSynthetic = origins.some((origin) => origin < 0);
  const all = isSynthetic ? stackTables(observed.table, material.generated().table) : observed.table;
  const places = origins.map((origin) => (origin < 0 ? observed.table.rows - 1 - origin : origin));
  return { learner, encoder: material.encoder, rows: { table: takeRows(all, places), labels, weights, origins } };
}
