import { countOf, tenths } from '../counting.ts';
import type { Rule } from './rule.ts';
import type { TableFacts } from './table-facts.ts';

/** Fewer leave, once a fifth is held out, less than 2 to test or 5 to train on: a run refuses the table. */
export const MIN_MINORITY_ROWS = 8;
/** Fewer leave less than 4 to each of 5 folds, and too few for a flexible learner. */
export const MIN_FLEXIBLE_ROWS = 20;
/** Fewer are too little for a generator to learn more from than the rows themselves. */
const MIN_GENERATOR_ROWS = 100;
/** Minority rows that it takes to judge a model. */
const MIN_JUDGING_ROWS = 100;
const TEST_SHARE = 0.2;
const REPEATS = 3;

const SAFE_PER_DIMENSION = 10;
/** Down to here ten can be relaxed. */
export const LEAST_PER_DIMENSION = 5;

const minorityRows = ({ minority }: TableFacts) => countOf(minority, 'minority row');
const perDimension = (facts: TableFacts) =>
  `${minorityRows(facts)} in ${countOf(facts.dimensions, 'dimension')}: ${tenths(facts.minorityPerDimension)} for each`;

/** How many rows there are to learn from, and to judge by. */
export const SAMPLE_SIZE_RULES: readonly Rule[] = [
  {
    id: 'too-few-to-judge',
    when: `fewer than ${MIN_MINORITY_ROWS} minority rows`,
    applies: ({ minority }) => minority < MIN_MINORITY_ROWS,
    found: minorityRows,
    advice:
      'Collect more minority rows first. With a fifth of them held out, what is left can neither teach a learner nor tell a ' +
      'good one from a bad one, and a run refuses the table.',
    sources: [],
    ownThreshold: 'a run needs 5 minority rows to train on and 2 to test with, and holds out a fifth',
  },
  {
    id: 'few-minority-rows',
    when: `fewer than ${MIN_FLEXIBLE_ROWS} minority rows`,
    applies: ({ minority }) => minority < MIN_FLEXIBLE_ROWS,
    found: minorityRows,
    advice:
      'Start with logistic regression, and move its threshold: taught by 6, 12 or 19 minority rows, it ranked the others better ' +
      'than learners of the majority alone did in 20 of 21 measurements. Try those (--learner isolation-forest) where the ' +
      'minority to come is of another kind than these rows, and --learner gradient-boosted-trees in any case.',
    sources: ['bellinger2012', 'liu2008'],
    ownThreshold: 'of 5 folds, some would hold fewer than 4 minority rows',
    settings: () => ({ learner: 'logistic-regression' }),
  },
  {
    id: 'few-rows-per-dimension',
    when: `fewer than ${LEAST_PER_DIMENSION} minority rows per dimension`,
    applies: ({ minorityPerDimension }) => minorityPerDimension < LEAST_PER_DIMENSION,
    found: perDimension,
    advice:
      'Leave out columns that cannot matter (--ignore), and start with a learner that shrinks its coefficients, logistic ' +
      'regression: with so few rows a flexible one learns chance.',
    sources: ['vittinghoff2007', 'peduzzi1996', 'riley2019', 'vanderploeg2014'],
    settings: () => ({ learner: 'logistic-regression' }),
  },
  {
    id: 'uncertain-coefficients',
    when: `${LEAST_PER_DIMENSION} to fewer than ${SAFE_PER_DIMENSION} minority rows per dimension`,
    applies: ({ minorityPerDimension: found }) => found >= LEAST_PER_DIMENSION && found < SAFE_PER_DIMENSION,
    found: perDimension,
    advice:
      'Do not read single coefficients, nor probabilities that are not calibrated: below ten rows per dimension they are ' +
      'biased. Rankings suffer less.',
    sources: ['peduzzi1996', 'vittinghoff2007', 'riley2019'],
  },
  {
    id: 'repeat-the-folds',
    when: `fewer than ${MIN_JUDGING_ROWS} minority rows in the held-out fifth`,
    applies: ({ minority }) => minority * TEST_SHARE < MIN_JUDGING_ROWS,
    found: ({ minority }) => `about ${countOf(Math.round(minority * TEST_SHARE), 'minority row')} held out`,
    advice:
      `Judge by cross-validation and its intervals, repeated ${REPEATS} times, rather than by the held-out rows alone: so few ` +
      'cannot tell two strategies apart.',
    sources: ['collins2016'],
    settings: () => ({ repeats: REPEATS }),
  },
  {
    id: 'little-to-generate-from',
    when: `fewer than ${MIN_GENERATOR_ROWS} minority rows`,
    applies: ({ minority }) => minority < MIN_GENERATOR_ROWS,
    found: minorityRows,
    advice:
      'Expect little from synthetic rows: a generator can only vary what it was shown. Rows that are collected are worth more.',
    sources: [],
    ownThreshold: 'a round number, not measured: the tables that generators were measured on here have more',
  },
];
