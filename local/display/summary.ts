import Table from 'cli-table3';
import type { SucceededManifest } from '../../contracts/manifest.ts';
import type { Scores } from '../../contracts/workflow.ts';
import { formatCount, formatNumberOf, formatScore, wrapWords } from './format.ts';
import { describeGain } from './gain.ts';
import type { Paint } from './paint.ts';
import { displayWidth, safeText, truncate } from './safe-text.ts';

const WIDTH = 80;
const INDENT = '  ';
const LABEL_WIDTH = 20;

export interface SummaryOptions {
  readonly paint: Paint;
  /** how a URI is called */
  readonly shown: (uri: string) => string;
}

/** What came out of a run, in at most 80 columns: rows, scores on the test rows, what was gained, where the outputs lie. */
export function summary(manifest: SucceededManifest, { paint, shown }: SummaryOptions): string {
  const { generated, newFeatureRows } = manifest.counts;
  const generation = `${formatNumberOf(generated, 'row')} generated, ${formatCount(newFeatureRows)} kept as new-feature rows.`;
  return [
    rowsTable(manifest, paint),
    '',
    `  ${generation}`,
    '',
    scoresTable(manifest.metrics, paint),
    `  ${paint('dim', '* recall at the false-positive rate of the under-sampled one')}`,
    '',
    ...wrapWords(describeGain(manifest), WIDTH - 4).map((line) => `  ${paint('bold', line)}`),
    '',
    ...manifest.outputs.map(({ uri }) => `  ${safeText(shown(uri))}`),
  ].join('\n');
}

function rowsTable({ counts, request }: SucceededManifest, paint: Paint): string {
  const minority = truncate(safeText(request.target.minority), LABEL_WIDTH);
  const rows = [
    ['in the table', counts.read],
    ...(sameCounts(counts.usable, counts.read) ? [] : [['usable', counts.usable] as const]),
    ['test, untouched', counts.test],
    ['training, before', counts.train],
    ['training, rebalanced', counts.rebalanced],
  ] as const;
  return table(
    ['Rows', 'majority', `minority "${minority}"`, 'ratio'],
    rows.map(([name, count]) => [
      name,
      formatCount(count.majority),
      formatCount(count.minority),
      count.minority > 0 ? (count.majority / count.minority).toFixed(1) : '-',
    ]),
    paint,
  );
}

function sameCounts(a: { majority: number; minority: number }, b: { majority: number; minority: number }): boolean {
  return a.majority === b.majority && a.minority === b.minority;
}

const SCORE_COLUMNS: readonly (readonly [string, (scores: Scores) => string])[] = [
  ['TP', (scores) => formatCount(scores.truePositives)],
  ['FP', (scores) => formatCount(scores.falsePositives)],
  ['recall', (scores) => formatScore(scores.recall)],
  ['precision', (scores) => formatScore(scores.precision)],
  ['F1', (scores) => formatScore(scores.f1)],
  ['MCC', (scores) => formatScore(scores.mcc)],
  ['PR-AUC', (scores) => formatScore(scores.prAuc)],
  ['recall*', (scores) => formatScore(scores.recallAtUndersampledFpr)],
];

function scoresTable({ observed, undersampled, rebalanced }: SucceededManifest['metrics'], paint: Paint): string {
  const trained = [
    ['as it is', observed],
    ['under-sampled', undersampled],
    ['rebalanced', rebalanced],
  ] as const;
  const rowsOf = (columns: typeof SCORE_COLUMNS) => [
    ['Trained on', ...columns.map(([name]) => name)],
    ...trained.map(([name, scores]) => [name, ...columns.map(([, cell]) => cell(scores))]),
  ];
  const all = rowsOf(SCORE_COLUMNS);
  const fits = tableWidth(all, 1) <= WIDTH - INDENT.length;
  const [head, ...rows] = fits ? all : rowsOf(SCORE_COLUMNS.filter(([name]) => name !== 'PR-AUC'));
  return table(head, rows, paint);
}

const NO_LINES = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((place) => [place, '']),
);

/** A table without lines, indented by two; the first column is text, the others are numbers. */
function table(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
  const gap = tableWidth([head, ...rows], 2) <= WIDTH - INDENT.length ? 2 : 1;
  const drawn = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    colWidths: columnWidths([head, ...rows]).map((width, column) => (column === 0 ? width : width + gap)),
  });
  drawn.push([...head], ...rows.map((row) => [...row]));
  const [first, ...others] = drawn.toString().split('\n');
  return [paint('bold', first), ...others].map((line) => `${INDENT}${line}`.trimEnd()).join('\n');
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  return rows[0].map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column]))));
}

function tableWidth(rows: readonly (readonly string[])[], gap: number): number {
  const widths = columnWidths(rows);
  return widths.reduce((sum, width) => sum + width) + gap * (widths.length - 1);
}
