import { setImmediate } from 'node:timers/promises';
import { SCORE_COLUMNS, type ScoringSummary } from '../../contracts/scoring-summary.ts';
import { decide, decidedLabel, type OutsidePolicy } from '../../core/model/decisions.ts';
import { type ScoredRows, scoringRows } from '../../core/model/score-rows.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import { createTable } from '../../core/table/table.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { outputNames } from '../../storage/tables/check-export.ts';
import { exportScoredRows } from '../../storage/tables/export-scored-rows.ts';
import { type ImportedRows, importRows } from '../../storage/tables/import-rows.ts';
import { judgeLabels } from './judge-labels.ts';

/** Unseen levels of a column that the summary names. */
const LISTED_LEVELS = 20;

export interface ScoringRequest {
  /** URI of the rows */
  readonly input: string;
  /** names for a CSV file without a header */
  readonly columns?: readonly string[];
  /** URI of the model, for the summary */
  readonly modelUri: string;
  /** URI of the scored rows; what is there is replaced */
  readonly output: string;
  readonly format: 'csv' | 'parquet';
  /** on the scale of the learner's scores; null: as the learner itself decides */
  readonly threshold: number | null;
  readonly thresholdRule: string | null;
  readonly outside: OutsidePolicy;
}

export interface ScoringContext {
  readonly store: DatasetStore;
  /** nothing is written once it is aborted, and its reason is thrown */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, rows: number) => void;
}

/**
 * Scores the rows of a table and writes all of its columns with theirs. The output appears when it is whole, or not at all.
 *
 * @throws the errors of `importRows`, MissingColumnsError, InvalidRowsError, UnsupportedColumnNameError, the store's errors
 */
export async function scoreDataset(
  request: ScoringRequest,
  model: ScoringModel,
  context: ScoringContext,
): Promise<ScoringSummary> {
  const { store, signal } = context;
  const { input, output, format } = request;
  return store.withLocalFile(input, async (path) => {
    const { result } = await store.publishLocalFile(output, async (outputPath) => {
      // Beside the output that is being made, out of everybody's sight, and gone with it.
      const observedPath = `${outputPath}.observed`;
      const names = request.columns === undefined ? {} : { columns: request.columns };
      const source = { path, name: input, missingValues: model.missingMarkers, ...names };
      const imported = await importRows(source, observedPath, model.columns);
      signal?.throwIfAborted();
      const profiles = imported.table.columns.map(({ profile }) => profile);
      // Refused before the work: writing would not find names for its columns.
      outputNames(profiles, SCORE_COLUMNS, format);
      const scored = await scoreImported(imported, request, model, context);
      const decisions = decide(scored, request.outside);
      const predictions = Array.from(decisions, (decision) => decidedLabel(model, decision));
      const scores = { ...scored, predictions };
      await exportScoredRows({ observedPath, columns: profiles, scores, format, path: outputPath });
      signal?.throwIfAborted();
      return summarize(request, model, imported, scored, decisions);
    });
    return result;
  });
}

/** In steps, so that the process hears of signals, and of others' work, between them. */
async function scoreImported(
  { table, columns }: ImportedRows,
  { input, threshold }: ScoringRequest,
  model: ScoringModel,
  { signal, onProgress }: ScoringContext,
): Promise<ScoredRows> {
  const work = scoringRows(model, createTable(columns, table.rows), { threshold, name: input });
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    onProgress?.(value, table.rows);
    await setImmediate();
    signal?.throwIfAborted();
  }
}

function summarize(
  { input, output, modelUri, threshold, thresholdRule, outside }: ScoringRequest,
  model: ScoringModel,
  { table }: ImportedRows,
  scored: ScoredRows,
  decisions: Int8Array,
): ScoringSummary {
  const { execution, strategy, counterpoise, calibration, target } = model;
  const { rows } = table;
  const countOf = (decision: number) => decisions.filter((each) => each === decision).length;
  const [majority, minority] = [countOf(0), countOf(1)];
  const outsideRows = scored.inDomain.filter((inside) => inside === 0).length;
  const labels = table.columns.find(({ profile }) => profile.name === target.column)?.values;
  return {
    type: 'rows-scored',
    input,
    output,
    model: { uri: modelUri, execution, strategy, counterpoise, calibration },
    target,
    threshold,
    thresholdRule,
    outside,
    rows,
    predicted: {
      majority,
      minority,
      abstained: rows - majority - minority,
      minorityShare: shareOf(minority, majority + minority),
    },
    meanProbability: shareOf(
      scored.probabilities.reduce((sum, probability) => sum + probability, 0),
      rows,
    ),
    domain: { outside: outsideRows, outsideShare: shareOf(outsideRows, rows) },
    unseenLevels: scored.unseen.map(({ column, rows, levels }) => ({
      column,
      rows,
      distinct: levels.length,
      levels: levels.slice(0, LISTED_LEVELS),
    })),
    evaluation: judgeLabels(labels, model, scored, decisions),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
