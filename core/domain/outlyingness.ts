import type { MixedRows } from '../neighbours/mixed-rows.ts';
import type { Rng } from '../random/rng.ts';
import type { DomainColumn } from './columns.ts';

/** How far rows are from the training rows. Immutable. */
export interface Outlyingness {
  /** One per row, at least one row: higher is farther away, finite. The method says on which scale. */
  measure(rows: MixedRows): Float64Array;
  /** What the method's `fromJSON` restores it from. */
  toJSON(): Record<string, unknown>;
}

/** A way to measure how far rows are from the training rows. */
export interface OutlyingnessMethod {
  /** How many training rows `fit` can take: of more, a sample is drawn. */
  mostRows(rows: MixedRows): number;
  /**
   * @param rows training rows, at least two
   * @param columns what they mean
   * @param coverage share of the training rows that will count as inside
   */
  fit(rows: MixedRows, columns: readonly DomainColumn[], coverage: number, rng: Rng): FittedOutlyingness;
  /** @throws InvalidArgumentError, NonFiniteValueError where `saved` does not hold what `toJSON` gave */
  fromJSON(saved: Record<string, unknown>, columns: readonly DomainColumn[]): Outlyingness;
}

export interface FittedOutlyingness {
  readonly fitted: Outlyingness;
  /** The training rows' own, as it would be if they were new rows. */
  measureTraining(): Float64Array;
}
