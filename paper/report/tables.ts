import type { Bar } from '../bars.ts';
import type { GeneratorName, LearnerName } from '../contenders.ts';
import { describeSettings, GENERATOR_NAMES } from '../contenders.ts';
import { markdownTable, number, withDeviation, withStandardError } from '../format.ts';
import { spread } from '../statistics.ts';
import type { GeneratorResult, SeedResult } from '../study.ts';
import type { LearnerSummary, Metric, MixingCurve, SummaryRow } from '../summary.ts';

const COLUMNS: readonly { readonly metric: Metric; readonly title: string; readonly digits: number }[] = [
  { metric: 'truePositives', title: 'TP', digits: 0 },
  { metric: 'scaledTruePositives', title: 'TP of 1,488', digits: 1 },
  { metric: 'falsePositives', title: 'FP', digits: 0 },
  { metric: 'falsePositiveRate', title: 'FPR', digits: 3 },
  { metric: 'recall', title: 'recall', digits: 3 },
  { metric: 'precision', title: 'precision', digits: 3 },
  { metric: 'f1', title: 'F1', digits: 3 },
  { metric: 'mcc', title: 'MCC', digits: 3 },
  { metric: 'prAuc', title: 'PR-AUC', digits: 3 },
  { metric: 'recallAtUndersampledFpr', title: 'recall at FPR', digits: 3 },
];

/** Mean and standard deviation over the seeds. */
export function levelsTable(first: string, rows: readonly SummaryRow[]): string {
  return markdownTable(
    [first, 'rows added', ...COLUMNS.map(({ title }) => title)],
    rows.map(({ method, rowsAdded, metrics }) => [
      method,
      number(rowsAdded, 0),
      ...COLUMNS.map(({ metric, digits }) => withDeviation(metrics[metric], digits)),
    ]),
  );
}

/** Mean difference to the first row, paired by seed, and its standard error. */
export function differencesTable(first: string, rows: readonly SummaryRow[]): string {
  return markdownTable(
    [first, ...COLUMNS.map(({ title }) => `Δ ${title}`)],
    rows
      .slice(1)
      .map(({ method, metrics }) => [
        method,
        ...COLUMNS.map(({ metric, digits }) => withStandardError(metrics[metric].difference, Math.max(digits, 1))),
      ]),
  );
}

/** A learner's curves of experiment 1 beside each other: TP of 1,488. */
export function curvesTable(curves: readonly MixingCurve[]): string {
  return markdownTable(
    ['tenths', ...curves.map(({ generator }) => generator)],
    curves[0].points.map(({ tenths }, i) => [
      String(tenths),
      ...curves.map(({ points }) => withDeviation(points[i].metrics.scaledTruePositives, 1)),
    ]),
  );
}

/** What the folds chose, setting by setting, with the seeds that chose it. */
export function choicesTable(learners: readonly LearnerSummary[]): string {
  const rows = learners.flatMap(({ learner, choices }) => {
    const bySetting = Map.groupBy(choices, ({ settings, generator }) => `${describeSettings(settings)} | ${generator}`);
    return [...bySetting].map(([described, chosen]) => {
      const mean = (values: readonly number[]) => number(spread(values).mean, 3);
      return [
        learner,
        ...described.split(' | '),
        chosen.map(({ seed }) => seed).join(', '),
        mean(chosen.map(({ recall }) => recall)),
        mean(chosen.map(({ falsePositiveRate }) => falsePositiveRate)),
        mean(chosen.map(({ mccDifference }) => mccDifference)),
        chosen.some(({ outsideLimits }) => outsideLimits) ? 'none was within' : 'kept',
      ];
    });
  });
  return markdownTable(
    ['learner', 'settings', 'generator', 'seeds', 'recall', 'FPR', 'Δ MCC', 'limits'],
    rows,
    'words',
  );
}

export function barsTable(bars: readonly Bar[]): string {
  const verdict = ({ met }: Bar) => (met === null ? 'not measured' : met ? 'met' : '**missed**');
  return markdownTable(
    ['bar', 'verdict', 'found'],
    bars.map((bar) => [bar.claim, verdict(bar), bar.found]),
    'words',
  );
}

/** Rows of each seed's split. */
export function countsTable(results: readonly SeedResult[]): string {
  return markdownTable(
    ['seed', 'train, majority', 'train, minority', 'test, majority', 'test, minority', 'attributes'],
    results.map(({ seed, counts: { train, test }, encodedAttributes }) =>
      [seed, train.majority, train.minority, test.majority, test.minority, encodedAttributes].map(String),
    ),
  );
}

/** Generators beside real rows that they have not seen. */
export function generatorsTable(results: readonly SeedResult[]): string {
  const row = (name: string, cells: readonly ((quality: GeneratorResult) => number | null)[], of: GeneratorName) => [
    name,
    ...cells.map((cell) => withDeviation(spread(results.map(({ generators }) => cell(generators[of]))), 3)),
  ];
  return markdownTable(
    ['rows', 'reconstruction loss', 'duplicates', 'distance, 5th percentile', 'distance, median', 'told apart (AUC)'],
    [
      ...GENERATOR_NAMES.map((name) =>
        row(
          name,
          [
            ({ reconstructionLoss }) => reconstructionLoss,
            ({ duplicateShare }) => duplicateShare,
            ({ distance }) => distance.fifthPercentile,
            ({ distance }) => distance.median,
            ({ discriminability }) => discriminability,
          ],
          name,
        ),
      ),
      row(
        'real rows held out',
        [
          () => null,
          ({ realDuplicateShare }) => realDuplicateShare,
          ({ realDistance }) => realDistance.fifthPercentile,
          ({ realDistance }) => realDistance.median,
          () => null,
        ],
        GENERATOR_NAMES[0],
      ),
    ],
  );
}

export function learnerTitle(learner: LearnerName): string {
  return learner
    .replaceAll('-', ' ')
    .replace(/^svm$/, 'SVM')
    .replace(/^./, (letter) => letter.toUpperCase());
}
