import type { EarlyStopping } from './early-stopping.ts';
import type { Loss } from './loss.ts';

/** How a network is trained. */
export interface TrainingOptions {
  /** passes over all training rows, at least 1; with early stopping, the most of them */
  readonly epochs: number;
  /** rows per gradient step, at least 1; the last batch of an epoch may be smaller */
  readonly batchSize: number;
  /** Adam's, above 0 */
  readonly learningRate: number;
  readonly loss: Loss;
  /** AdamW's, from 0; times the learning rate at most 1. See `Adam`. @default 0 */
  readonly weightDecay?: number;
  /** share of the hidden units that each row is trained without, from 0, below 1. See `Dropout`. @default 0 */
  readonly dropout?: number;
}

/** What training may be told about the rows. */
export interface RowOptions {
  /**
   * how much each row counts in the loss, above 0 and finite; only proportions matter. @default all rows count alike
   */
  readonly rowWeights?: Float64Array;
  /** @default none: all rows are trained on, in all epochs */
  readonly earlyStopping?: EarlyStopping;
}
