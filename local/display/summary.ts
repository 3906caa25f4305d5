import { isDeepStrictEqual } from 'node:util';
import Table from 'cli-table3';
import { PUBLISHED } from '../../contracts/layout.ts';
import type { SucceededManifest } from '../../contracts/manifest.ts';
import type { ClassCounts, Scores } from '../../contracts/workflow.ts';
import { count, countOf } from '../../core/counting.ts';
import { strategyId } from '../../core/strategies/strategy.ts';
import { formatScore, wrapWords } from './format.ts';
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

/**
 * What came out of a run, in at most 80 columns: rows, scores on the test rows, what was gained, what is to be done, where the
 * outputs lie.
 */
export function summary(manifest: SucceededManifest, { paint, shown }: SummaryOptions): string {
  const { generated, newFeatureRows } = manifest.counts;
  const generation = `${countOf(generated, 'row')} generated, ${count(newFeatureRows)} kept as new-feature rows.`;
  return [
    rowsTable(manifest, paint),
    '',
    `  ${generation}`,
    '',
    scoresTable(manifest, paint),
    `  ${paint('dim', '* recall at the false-positive rate of the under-sampled one')}`,
    '',
    ...paragraph(describeGain(manifest)),
    '',
    ...paragraph(safeText(manifest.verdict)).map((line) => paint('bold', line)),
    '',
    ...reportFirst(manifest.outputs).map(({ uri }) => `  ${safeText(shown(uri))}`),
  ].join('\n');
}

function paragraph(text: string): string[] {
  return wrapWords(text, WIDTH - 2 * INDENT.length).map((line) => `${INDENT}${line}`);
}

function reportFirst(outputs: SucceededManifest['outputs']): SucceededManifest['outputs'] {
  const isReport = ({ name }: { name: string }) => name === PUBLISHED.reportPage;
  return [...outputs.filter(isReport), ...outputs.filter((output) => !isReport(output))];
}

function rowsTable({ counts, request }: SucceededManifest, paint: Paint): string {
  const minority = truncate(safeText(request.target.minority), LABEL_WIDTH);
  const rows = [
    ['in the table', counts.read],
    ...(sameCounts(counts.usable, counts.read) ? [] : [['usable', counts.usable] as const]),
    ['test, untouched', counts.test],
    ['training, before', counts.train],
    ['training, rebalanced', counts.rebalanced],
    ...(sameCounts(counts.published, counts.rebalanced) ? [] : [['training, published', counts.published] as const]),
  ] as const;
  return table(
    ['Rows', 'majority', `minority "${minority}"`, 'ratio'],
    rows.map(([name, { majority, minority }]) => [
      name,
      count(majority),
      count(minority),
      minority > 0 ? (majority / minority).toFixed(1) : '-',
    ]),
    paint,
  );
}

function sameCounts(a: ClassCounts, b: ClassCounts): boolean {
  return a.majority === b.majority && a.minority === b.minority;
}

const SCORE_COLUMNS: readonly (readonly [string, (scores: Scores) => string])[] = [
  ['TP', (scores) => count(scores.truePositives)],
  ['FP', (scores) => count(scores.falsePositives)],
  ['recall', (scores) => formatScore(scores.recall)],
  ['precision', (scores) => formatScore(scores.precision)],
  ['F1', (scores) => formatScore(scores.f1)],
  ['MCC', (scores) => formatScore(scores.mcc)],
  ['PR-AUC', (scores) => formatScore(scores.prAuc)],
  ['recall*', (scores) => formatScore(scores.recallAtUndersampledFpr)],
];

/** The columns that go first where there is too little room. */
const LESS_WANTED = ['PR-AUC', 'MCC', 'F1'];

function scoresTable(manifest: SucceededManifest, paint: Paint): string {
  const scored = scoredRows(manifest);
  const rowsOf = (columns: typeof SCORE_COLUMNS) => [
    ['Trained on', ...columns.map(([name]) => name)],
    ...scored.map(([name, scores]) => [name, ...columns.map(([, cell]) => cell(scores))]),
  ];
  const choices = LESS_WANTED.map((_, count) => LESS_WANTED.slice(0, count + 1));
  const tables = [[], ...choices].map((left) => rowsOf(SCORE_COLUMNS.filter(([name]) => !left.includes(name))));
  const [head, ...rows] = tables.find((each) => tableWidth(each, 1) <= WIDTH - INDENT.length) ?? tables[0];
  return table(head, rows, paint);
}

/** The three ways that every run takes, and the one that it publishes where that is another, or at another threshold. */
function scoredRows({ metrics, strategy, request }: SucceededManifest): (readonly [string, Scores])[] {
  const { ratio } = request.sampling;
  const shown = [
    ['as it is', metrics.observed, strategyId({ type: 'none', ratio: null })],
    ['under-sampled', metrics.undersampled, strategyId({ type: 'under-sampling', ratio })],
    ['rebalanced', metrics.rebalanced, strategyId({ type: 'algorithm-1', ratio })],
  ] as const;
  const isShown = shown.some(([, scores, id]) => id === strategy && isDeepStrictEqual(scores, metrics.published));
  const rows = shown.map(([name, scores]) => [name, scores] as const);
  return isShown ? rows : [...rows, [truncate(safeText(strategy), LABEL_WIDTH), metrics.published]];
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
