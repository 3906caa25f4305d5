import { count, countOf, percent, tenths } from '../counting.ts';
import type { Rule } from './rule.ts';
import type { TableFacts } from './table-facts.ts';

/** The minority's share from which imbalance is called mild, and below which it is called extreme. */
const MILD_SHARE = 0.2;
const EXTREME_SHARE = 0.01;
/** The imbalance at which curves were compared. */
const PRECISION_RECALL_RATIO = 10;
const LARGE_MAJORITY = 200_000;
/** Majority rows for each minority row, beyond which more of them tell little. */
const USEFUL_RATIO = 5;

const shareFound = ({ minorityShare, ratio }: TableFacts) =>
  `${percent(minorityShare)} of the rows are of the minority, ${tenths(ratio)}:1`;

const moveThreshold = () => ({ strategy: 'threshold' as const });

/** How uneven the classes are. */
export const IMBALANCE_RULES: readonly Rule[] = [
  {
    id: 'mild-imbalance',
    when: `minority share of ${percent(MILD_SHARE)} or more`,
    applies: ({ minorityShare }) => minorityShare >= MILD_SHARE,
    found: shareFound,
    advice:
      'Leave the rows as they are, and move the threshold. Imbalance this mild is no problem by itself; balancing was found to ' +
      'spoil probabilities without ranking rows better.',
    sources: ['google', 'vandengoorbergh2022'],
    settings: moveThreshold,
  },
  {
    id: 'moderate-imbalance',
    when: `minority share of ${percent(EXTREME_SHARE)} or more, below ${percent(MILD_SHARE)}`,
    applies: ({ minorityShare }) => minorityShare >= EXTREME_SHARE && minorityShare < MILD_SHARE,
    found: shareFound,
    advice:
      'Move the threshold first: it costs no row and keeps probabilities honest. Weights and resampling have to beat it on the ' +
      'same folds, which the run compares.',
    sources: ['google', 'vandengoorbergh2022', 'elkan2001'],
    settings: moveThreshold,
  },
  {
    id: 'extreme-imbalance',
    when: `minority share below ${percent(EXTREME_SHARE)}`,
    applies: ({ minorityShare }) => minorityShare < EXTREME_SHARE,
    found: shareFound,
    advice:
      'Move the threshold first, on calibrated probabilities: learners underestimate those of rare classes. What is missing is ' +
      'minority rows, not balance.',
    sources: ['google', 'king2001'],
    settings: moveThreshold,
  },
  {
    id: 'precision-and-recall',
    when: `${PRECISION_RECALL_RATIO} majority rows per minority row or more`,
    applies: ({ ratio }) => ratio >= PRECISION_RECALL_RATIO,
    found: ({ ratio }) => `${tenths(ratio)}:1`,
    advice:
      'Read precision, recall and PR-AUC. Accuracy and ROC-AUC look good however many of the alarms are false, as the majority ' +
      'is so large.',
    sources: ['saito2015'],
  },
  {
    id: 'large-majority',
    when: `${count(LARGE_MAJORITY)} majority rows or more, and more than ${USEFUL_RATIO} per minority row`,
    applies: ({ majority, ratio }) => majority >= LARGE_MAJORITY && ratio > USEFUL_RATIO,
    found: ({ majority, ratio }) => `${countOf(majority, 'majority row')}, ${tenths(ratio)}:1`,
    advice:
      `If it takes too long, under-sample: --strategy under-sampling --ratio ${USEFUL_RATIO}. Beyond two to five times as many, ` +
      'further rows of the majority tell little; the probabilities have to be corrected for it.',
    sources: ['king2001'],
    ownThreshold: 'from how many rows on time begins to matter',
  },
];
