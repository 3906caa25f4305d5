import type { Labels } from '../learners/learner.ts';
import { encodeFeatures, type FeatureEncoder } from '../table/feature-encoder.ts';
import { type Table, takeRows } from '../table/table.ts';
import { type AlignedTable, alignTable, type UnseenLevels } from './align-table.ts';
import { InvalidRowsError } from './errors.ts';
import type { ScoringModel } from './scoring-model.ts';

/** Rows encoded at a time: a million rows of a hundred features would take 400 MB at once. */
const BATCH_ROWS = 8192;

export interface ScoringOptions {
  /** a row is called minority where its score is at least this; null: as the learner itself decides. @default the model's */
  readonly threshold?: number | null;
  /** what messages call the rows. @default "rows" */
  readonly name?: string;
}

/** What a model says of rows: one value per row in each list, in the order of the rows. */
export interface ScoredRows {
  /** of the learner, on its own scale: higher means more likely minority */
  readonly scores: Float64Array;
  /** that the row is of the minority, calibrated in the model's way; 0 to 1 */
  readonly probabilities: Float64Array;
  /** 1: called minority, inside of the domain or not */
  readonly predictions: Labels;
  /** higher: more inside of the domain of the training rows; the boundary is 0 */
  readonly domainScores: Float64Array;
  /** 1: inside */
  readonly inDomain: Uint8Array;
  /** levels that did not occur in training, taken for missing values */
  readonly unseen: readonly UnseenLevels[];
}

/**
 * Scores rows, whose columns may come in any order and with others between them.
 *
 * @throws MissingColumnsError, InvalidRowsError as `alignTable` does
 */
export function scoreRows(model: ScoringModel, table: Table, options: ScoringOptions = {}): ScoredRows {
  const work = scoringRows(model, table, options);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** As `scoreRows`, in steps: yields the number of rows that are done after each, so that a caller can pause or give up. */
export function* scoringRows(
  model: ScoringModel,
  table: Table,
  { threshold = model.threshold, name = 'rows' }: ScoringOptions = {},
): Generator<number, ScoredRows> {
  const { unseen, ...aligned } = alignTable(model, table, name);
  requireEncodable(model.encoder, aligned.table, name);
  const { rows } = aligned.table;
  const scored: ScoredRows = {
    scores: new Float64Array(rows),
    probabilities: new Float64Array(rows),
    predictions: new Uint8Array(rows),
    domainScores: new Float64Array(rows),
    inDomain: new Uint8Array(rows),
    unseen,
  };
  for (let first = 0; first < rows; first += BATCH_ROWS) {
    const count = Math.min(BATCH_ROWS, rows - first);
    const batch = Int32Array.from({ length: count }, (_, i) => first + i);
    const tables = { table: takeRows(aligned.table, batch), withUnseen: takeRows(aligned.withUnseen, batch) };
    scoreBatch(model, tables, threshold, first, scored);
    yield first + count;
  }
  return scored;
}

function scoreBatch(
  model: ScoringModel,
  { table, withUnseen }: Omit<AlignedTable, 'unseen'>,
  threshold: number | null,
  first: number,
  to: ScoredRows,
): void {
  const features = encodeFeatures(model.encoder, table);
  const scores = model.learner.scores(features);
  to.scores.set(scores, first);
  to.probabilities.set(model.calibrator.probabilities(scores), first);
  to.predictions.set(threshold === null ? model.learner.predict(features) : callFrom(threshold, scores), first);
  const domainScores = model.domain.score(withUnseen);
  to.domainScores.set(domainScores, first);
  to.inDomain.set(callFrom(0, domainScores), first);
}

/** Features are in single precision, which a number that is far from all training rows leaves. */
function requireEncodable({ features }: FeatureEncoder, { columns }: Table, name: string): void {
  features.forEach((feature, c) => {
    const column = columns[c];
    if (feature.kind !== 'numeric' || column.kind !== 'numeric') return;
    const tooFar = (value: number) => Math.abs(Math.fround((value - feature.mean) / feature.deviation)) === Infinity;
    const row = column.values.findIndex(tooFar);
    if (row < 0) return;
    throw new InvalidRowsError(
      `${name}, row ${row + 1}, column ${JSON.stringify(column.name)}: found ${column.values[row]}, needed a number nearer ` +
        'to those that the model was trained on',
    );
  });
}

/** 1 where a score is at least the threshold. */
function callFrom(threshold: number, scores: Float64Array): Uint8Array {
  return Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));
}
