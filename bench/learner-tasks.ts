import type { LearnerSettings } from '../core/learners/registry.ts';
import type { Bar } from './table.ts';

/** Rows that are exchanged, under the names `<id>-train` and `<id>-test`. */
export type DataId = 'adult' | 'adult-under-sampled' | 'adult-standardized' | 'continuous';

/** A fit by this project, and the same by scikit-learn. */
export interface LearnerTask {
  readonly name: string;
  readonly data: DataId;
  readonly settings: LearnerSettings;
  /** the arguments of scikit-learn's class, and the rows that it gets where they are not `data` */
  readonly peer: { readonly options: Readonly<Record<string, unknown>>; readonly data?: DataId };
  /** rounds that count */
  readonly rounds: number;
  readonly bar: Bar;
  /** where predicting the test rows has a row in the table too */
  readonly predictBar?: Bar;
  /** where chance decides what is learned, scores are means over seeds, and not held to be the same */
  readonly random?: boolean;
  /** where the peak memory of a process that does nothing else has a row in the table too */
  readonly memory?: boolean;
}

const EPOCHS = 20;

export const LEARNER_TASKS: readonly LearnerTask[] = [
  {
    name: 'decision tree, depth 8',
    data: 'adult',
    settings: { type: 'decision-tree', maxDepth: 8 },
    peer: { options: { max_depth: 8 } },
    rounds: 7,
    bar: { ratio: 1.5 },
  },
  {
    name: 'decision tree, unlimited',
    data: 'adult',
    settings: { type: 'decision-tree', maxDepth: Number.POSITIVE_INFINITY },
    peer: { options: {} },
    rounds: 7,
    bar: { ratio: 1.5 },
  },
  {
    name: 'decision tree, depth 8',
    data: 'continuous',
    settings: { type: 'decision-tree', maxDepth: 8 },
    peer: { options: { max_depth: 8 } },
    rounds: 3,
    bar: { ratio: 1 },
  },
  {
    name: 'decision tree, unlimited',
    data: 'continuous',
    settings: { type: 'decision-tree', maxDepth: Number.POSITIVE_INFINITY },
    peer: { options: {} },
    rounds: 3,
    bar: { ratio: 1 },
    memory: true,
  },
  {
    name: 'SVM, RBF',
    data: 'adult',
    settings: { type: 'svm', cacheMegabytes: 200 },
    peer: { options: { cache_size: 200 } },
    rounds: 3,
    bar: { ratio: 2 },
    predictBar: { ratio: 1 },
    memory: true,
  },
  {
    name: 'SVM, RBF',
    data: 'adult-under-sampled',
    settings: { type: 'svm', cacheMegabytes: 200 },
    peer: { options: { cache_size: 200 } },
    rounds: 7,
    bar: undefined,
    predictBar: undefined,
  },
  {
    name: `neural network, 64-32, ${EPOCHS} epochs`,
    data: 'adult',
    settings: {
      type: 'neural-network',
      hidden: [64, 32],
      epochs: EPOCHS,
      batchSize: 64,
      learningRate: 0.001,
      weightDecay: 0,
      earlyStopping: false,
    },
    peer: {
      data: 'adult-standardized',
      options: {
        hidden_layer_sizes: [64, 32],
        max_iter: EPOCHS,
        batch_size: 64,
        learning_rate_init: 0.001,
        alpha: 0,
        n_iter_no_change: EPOCHS + 1,
      },
    },
    rounds: 9,
    bar: { ratio: 1 },
    random: true,
    memory: true,
  },
  {
    name: 'logistic regression',
    data: 'adult',
    settings: { type: 'logistic-regression' },
    peer: { options: { max_iter: 10_000 } },
    rounds: 7,
    bar: { ratio: 2 },
    memory: true,
  },
  {
    name: 'gradient-boosted trees, 100 rounds',
    data: 'adult',
    settings: { type: 'gradient-boosted-trees' },
    peer: { options: { early_stopping: false } },
    rounds: 7,
    bar: { ratio: 2 },
  },
  {
    name: 'gradient-boosted trees, 100 rounds',
    data: 'continuous',
    settings: { type: 'gradient-boosted-trees' },
    peer: { options: { early_stopping: false } },
    rounds: 5,
    bar: { ratio: 1 },
    memory: true,
  },
];
