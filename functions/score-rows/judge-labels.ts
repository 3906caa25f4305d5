import type { ScoringSummary } from '../../contracts/scoring-summary.ts';
import { countConfusion } from '../../core/evaluation/confusion-counts.ts';
import { evaluateMetrics } from '../../core/evaluation/metrics.ts';
import { ABSTAINED } from '../../core/model/decisions.ts';
import type { ScoredRows } from '../../core/model/score-rows.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import type { Column } from '../../core/table/table.ts';

/** Code of a row whose label is neither of the target's two. */
const UNLABELLED = -1;
/** Other labels that the summary names. */
const LISTED_LABELS = 5;

/**
 * How the decisions compare with labels, where the rows have them.
 *
 * @param column the label column of the rows; its numbers are compared as numbers, 1 and 1.0 are the same label, and the
 *   spelling of true and false does not count
 * @returns null where there is no such column, or no label in it
 */
export function judgeLabels(
  column: Column | undefined,
  { target }: Pick<ScoringModel, 'target'>,
  scored: Pick<ScoredRows, 'scores' | 'probabilities'>,
  decisions: Int8Array,
): ScoringSummary['evaluation'] {
  const texts = column === undefined ? [] : labelTexts(column);
  const distinct = new Set(texts.filter((text) => text !== undefined));
  if (distinct.size === 0) return null;
  const spelling = spellingOf(target);
  const [minority, majority] = [target.minority, target.majority].map(spelling);
  const codeOf = (text: string) => (spelling(text) === minority ? 1 : spelling(text) === majority ? 0 : UNLABELLED);
  const known = Int8Array.from(texts, (text) => (text === undefined ? UNLABELLED : codeOf(text)));
  const rows = Int32Array.from(known.keys()).filter((row) => known[row] !== UNLABELLED && decisions[row] !== ABSTAINED);
  const labels = Uint8Array.from(rows, (row) => known[row]);
  const predictions = Uint8Array.from(rows, (row) => decisions[row]);
  const scores = Float64Array.from(rows, (row) => scored.scores[row]);
  const probabilities = Float64Array.from(rows, (row) => scored.probabilities[row]);
  // What each outcome is worth, and how much recall counts, are questions of the run's request, not of the model.
  const all = evaluateMetrics({ labels, predictions, scores, probabilities }, { beta: 1 });
  const { 'f-beta': _, 'expected-value': __, ...metrics } = all;
  return {
    rows: rows.length,
    unlabelled: known.filter((code) => code === UNLABELLED).length,
    otherLabels: [...distinct]
      .filter((text) => codeOf(text) === UNLABELLED)
      .sort()
      .slice(0, LISTED_LABELS),
    counts: countConfusion({ labels, predictions }),
    metrics,
  };
}

/** What of a label counts: of booleans not how they are spelled, as in the columns that were learned from. */
function spellingOf({ minority, majority }: ScoringModel['target']): (label: string) => string {
  const labels = [minority, majority].map((label) => label.toLowerCase());
  const booleans = labels.includes('true') && labels.includes('false');
  return booleans ? (label) => label.toLowerCase() : (label) => label;
}

/** One per row, as training read them; undefined where there is none. */
function labelTexts(column: Column): (string | undefined)[] {
  if (column.kind === 'categorical') return Array.from(column.codes, (code) => column.levels[code]);
  return Array.from(column.values, (value) => (Number.isNaN(value) ? undefined : String(value)));
}
