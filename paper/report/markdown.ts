import type { Bar } from '../bars.ts';
import { MOST_FALSE_POSITIVES, MOST_MCC_LOSS } from '../choose-settings.ts';
import { FOLDS } from '../protocol.ts';
import type { SeedResult } from '../study.ts';
import type { LearnerSummary } from '../summary.ts';
import {
  barsTable,
  choicesTable,
  countsTable,
  curvesTable,
  differencesTable,
  generatorsTable,
  learnerTitle,
  levelsTable,
} from './tables.ts';

export const BEGIN = '<!-- paper: begin -->';
export const END = '<!-- paper: end -->';

/**
 * What of the page is measured: tables and plots, no words about them.
 *
 * @param plots the folder of the plots, as the page calls it
 */
export function renderMeasured(
  results: readonly SeedResult[],
  learners: readonly LearnerSummary[],
  bars: readonly Bar[],
  plots: string,
): string {
  const seeds = results.map(({ seed }) => seed).join(', ');
  return [
    `Seeds ${seeds}. Every figure is a mean over them, ± the standard deviation; differences (Δ) are to under-sampling alone, paired`,
    'by seed, ± their standard error. "TP of 1,488" is recall × 1,488; "recall at FPR" is recall at the false-positive rate of',
    'under-sampling alone, the threshold moved along the ROC curve.',
    '',
    '### Bars',
    '',
    barsTable(bars),
    '',
    '### Rows of the split',
    '',
    countsTable(results),
    '',
    '### Settings that the validation rows chose',
    '',
    `On ${FOLDS} folds of each seed's training rows: the settings and the generator with the highest recall of the proposed method`,
    `at a false-positive rate of at most ${MOST_FALSE_POSITIVES} and an MCC at most ${MOST_MCC_LOSS} below that of`,
    'under-sampling with the same settings. In the MCC each minority row counts as often as the cut of the training minority says.',
    'Recall, FPR and Δ MCC are means over the folds and the seeds.',
    '',
    choicesTable(learners),
    '',
    '### Generators',
    '',
    generatorsTable(results),
    '',
    '### Experiment 1: mixing ratio',
    '',
    `![True positives by generated rows added, learner by learner](${plots}/mixing-ratio.svg)`,
    '',
    ...learners.flatMap(renderMixing),
    '### Experiment 2: observed versus proposed',
    '',
    `![Recall and false-positive rate of every method, learner by learner](${plots}/observed-versus-proposed.svg)`,
    '',
    ...learners.flatMap(renderComparison),
  ]
    .join('\n')
    .trimEnd();
}

function renderMixing({ learner, mixing }: LearnerSummary): string[] {
  return [
    `#### ${learnerTitle(learner)}: TP of 1,488 by tenths of the minority added`,
    '',
    curvesTable(mixing),
    '',
    '<details><summary>Every score</summary>',
    '',
    ...mixing.flatMap(({ generator, points }) => [
      `Rows from: ${generator}`,
      '',
      levelsTable('added', points),
      '',
      differencesTable('added', points),
      '',
    ]),
    '</details>',
    '',
  ];
}

function renderComparison({ learner, comparison }: LearnerSummary): string[] {
  return [
    `#### ${learnerTitle(learner)}`,
    '',
    levelsTable('method', comparison),
    '',
    differencesTable('method', comparison),
    '',
  ];
}

/** The page with its measured part replaced. @throws Error where the page has no place for it */
export function insertMeasured(page: string, measured: string): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`The page has no place for figures: found no ${BEGIN} before ${END}.`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${measured}\n\n${page.slice(to)}`;
}
