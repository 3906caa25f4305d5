import { count, countOf, tenths } from '../counting.ts';
import type { Rule } from './rule.ts';
import { LEAST_PER_DIMENSION, MIN_FLEXIBLE_ROWS } from './sample-size-rules.ts';
import type { TableFacts } from './table-facts.ts';

/** The smallest tables of the study that the rule is from. */
const MIN_ROWS_FOR_TREES = 3000;

/** No rule about the sample has chosen a learner yet. */
const isFree = ({ interpretable, minority, minorityPerDimension }: TableFacts) =>
  !interpretable && minority >= MIN_FLEXIBLE_ROWS && minorityPerDimension >= LEAST_PER_DIMENSION;

/** What to train. */
export const LEARNER_RULES: readonly Rule[] = [
  {
    id: 'interpretable',
    when: 'people must be able to follow each decision (--interpretable)',
    applies: ({ interpretable }) => interpretable,
    found: ({ dimensions }) => `asked for; ${countOf(dimensions, 'dimension')}`,
    advice: ({ dimensions }) =>
      `Train what can be read, instead of explaining what cannot: logistic regression, ${countOf(dimensions, 'coefficient')}. ` +
      'Beside it try a tree of a few questions: --learner decision-tree --max-depth 4. Neither needs synthetic rows, which are ' +
      'harder to account for.',
    sources: ['rudin2019'],
    settings: () => ({ learner: 'logistic-regression' }),
  },
  {
    id: 'small-table',
    when: `fewer than ${count(MIN_ROWS_FOR_TREES)} rows`,
    applies: (facts) => isFree(facts) && facts.rows < MIN_ROWS_FOR_TREES,
    found: ({ rows }) => countOf(rows, 'row'),
    advice:
      'Start with logistic regression: flexible learners need many times the rows to show what they can do. Then see whether ' +
      '--learner gradient-boosted-trees does better.',
    sources: ['vanderploeg2014', 'grinsztajn2022'],
    settings: () => ({ learner: 'logistic-regression' }),
  },
  {
    id: 'boosted-trees',
    when: `${count(MIN_ROWS_FOR_TREES)} rows or more, and ${LEAST_PER_DIMENSION} minority rows per dimension or more`,
    applies: (facts) => isFree(facts) && facts.rows >= MIN_ROWS_FOR_TREES,
    found: ({ rows, minorityPerDimension }) =>
      `${countOf(rows, 'row')}, ${tenths(minorityPerDimension)} minority rows per dimension`,
    advice:
      'Start with gradient-boosted trees, the strongest learners on tables of this size. Columns need no scaling, and ones ' +
      'that do not matter do little harm.',
    sources: ['grinsztajn2022'],
    settings: () => ({ learner: 'gradient-boosted-trees' }),
  },
];
