import type { ScoringSummary } from '../../contracts/scoring-summary.ts';
import { VERSION } from '../../contracts/version.ts';
import { count, countOf } from '../../core/counting.ts';
import { formatScore, wrapWords } from '../display/format.ts';
import { displayWidth, safeText, truncate } from '../display/safe-text.ts';
import type { SummaryOptions } from '../display/summary.ts';

const WIDTH = 80;
const LABEL_WIDTH = 30;
/** Unseen levels that a line names. */
const NAMED_LEVELS = 5;

/** What came of scoring rows, in at most 80 columns. */
export function scoreSummary(summary: ScoringSummary, { paint, shown }: SummaryOptions): string {
  const { input, output, model, evaluation } = summary;
  const place = (uri: string) => safeText(shown(uri));
  return [
    `${paint('bold', `Counterpoise ${VERSION}`)}  ${place(input)} -> ${place(output)}`,
    `  by ${place(model.uri)}`,
    `  strategy ${safeText(model.strategy)}, probabilities ${calibrationWords(model.calibration)}`,
    '',
    ...lines(countsOf(summary)),
    ...unseenLines(summary),
    ...(evaluation === null ? [] : ['', ...evaluationLines(summary, evaluation)]),
  ].join('\n');
}

function calibrationWords(calibration: string): string {
  return calibration === 'none' ? 'not calibrated' : `calibrated (${safeText(calibration)})`;
}

type Line = readonly [label: string, value: string, note?: string];

function countsOf(summary: ScoringSummary): Line[] {
  const { rows, predicted, domain, meanProbability, target, outside } = summary;
  const { minority, majority, abstained, minorityShare } = predicted;
  const decided = abstained === 0 ? '' : ` of ${count(minority + majority)} decided`;
  const whatBecame = { flag: 'flagged', abstain: 'not decided', default: 'taken for the majority' }[outside];
  return [
    ['rows', count(rows)],
    [`called "${target.minority}"`, count(minority), `${percent(minorityShare)}${decided}, ${thresholdWords(summary)}`],
    ['mean probability', formatScore(meanProbability)],
    [
      'outside the domain',
      count(domain.outside),
      `${percent(domain.outsideShare)}${domain.outside === 0 ? '' : `, ${whatBecame}`}`,
    ],
  ];
}

function thresholdWords({ threshold, thresholdRule }: ScoringSummary): string {
  if (threshold === null) return 'as the learner decides';
  return `score from ${Number(threshold.toPrecision(3))} on${thresholdRule === null ? '' : ` (${safeText(thresholdRule)})`}`;
}

function unseenLines({ unseenLevels }: ScoringSummary): string[] {
  return unseenLevels.flatMap(({ column, rows, distinct, levels }) => {
    const named = levels.slice(0, NAMED_LEVELS).map((level) => `"${truncate(safeText(level), LABEL_WIDTH)}"`);
    const more = distinct > named.length ? ` and ${distinct - named.length} more` : '';
    const text =
      `${countOf(rows, 'row')} with levels of ${safeText(column)} that did not occur in training, taken for ` +
      `missing: ${named.join(', ')}${more}`;
    return ['', ...wrapWords(text, WIDTH - 4).map((line) => `  ${line}`)];
  });
}

function evaluationLines({ target }: ScoringSummary, evaluation: NonNullable<ScoringSummary['evaluation']>): string[] {
  const { rows, unlabelled, counts, metrics } = evaluation;
  if (rows === 0) return incomparable(target, evaluation);
  const metric = (name: keyof typeof metrics) => formatScore(metrics[name] ?? null);
  const without = unlabelled === 0 ? '' : `, ${countOf(unlabelled, 'row')} without one of its labels left out`;
  return [
    `  Compared with the label column ${safeText(target.column)} (${countOf(rows, 'row')}${without}):`,
    ...lines([
      ['true positives', count(counts.truePositives)],
      ['false positives', count(counts.falsePositives)],
      ['false negatives', count(counts.falseNegatives)],
      ['true negatives', count(counts.trueNegatives)],
    ]),
    `  recall ${metric('recall')}  precision ${metric('precision')}  F1 ${metric('f1')}  MCC ${metric('mcc')}  ` +
      `PR-AUC ${metric('pr-auc')}  Brier ${metric('brier')}`,
  ];
}

function incomparable(
  { column, minority, majority }: ScoringSummary['target'],
  { otherLabels }: NonNullable<ScoringSummary['evaluation']>,
): string[] {
  const quoted = (texts: readonly string[]) =>
    texts.map((text) => `"${truncate(safeText(text), LABEL_WIDTH)}"`).join(', ');
  const found = otherLabels.length === 0 ? '' : ` (the column has ${quoted(otherLabels)})`;
  const text = `Nothing to compare with in the label column ${safeText(column)}: no row that was decided has the label ${quoted([minority])} or ${quoted([majority])}${found}.`;
  return wrapWords(text, WIDTH - 4).map((line) => `  ${line}`);
}

function lines(all: readonly Line[]): string[] {
  const labels = all.map(([label]) => truncate(safeText(label), LABEL_WIDTH));
  const labelWidth = Math.max(...labels.map(displayWidth));
  const valueWidth = Math.max(...all.map(([, value]) => value.length));
  return all.map(([, value, note], i) => {
    const gap = ' '.repeat(labelWidth - displayWidth(labels[i]));
    return `  ${labels[i]}${gap}  ${value.padStart(valueWidth)}${note ? `  ${note}` : ''}`;
  });
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)}%`;
}
