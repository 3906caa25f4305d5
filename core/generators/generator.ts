import type { EpochReport } from '../network/train.ts';
import type { Rng } from '../random/rng.ts';
import type { Table } from '../table/table.ts';

/** What learns from minority rows to make more of them. Generators hold settings only; what was learned is in the fitted value. */
export interface Generator<Fitted extends FittedGenerator = FittedGenerator> {
  /**
   * @param observed minority rows without missing values, at least one
   * @param rng the only source of chance
   * @param onEpoch news from generators that learn in passes over the rows
   * @throws TooFewRowsError (no row), and what the generator's own options can cause
   */
  fit(observed: Table, rng: Rng, onEpoch?: (report: EpochReport) => void): Fitted;
}

/** A generator that has learned. Immutable. */
export interface FittedGenerator {
  /** mean loss of a taught row, from 0; the generator says which. Null where nothing is reconstructed. */
  readonly reconstructionLoss: number | null;
  /**
   * Valid rows: the columns of the rows that it was fitted to, with numbers and levels that occur in them.
   *
   * @param count rows to make, from 0
   * @throws InvalidArgumentError where `count` is no such number
   */
  generate(count: number, rng: Rng): Table;
}

/** A fitted generator that `fittedGeneratorFromJSON` brings back, given the rows that it was fitted to. */
export interface SavableGenerator extends FittedGenerator {
  readonly reconstructionLoss: number;
  /** Plain JSON, its `type` that of the generator. The rows are not in it. */
  toJSON(): unknown;
}
