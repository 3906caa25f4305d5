import { z } from 'zod';

const count = z.int().positive();
const positive = z.number().positive();

/**
 * How much more a class may count than another, and how much less. Beyond that the others have no say, and what is learned
 * differs no more; and products of two such factors stay far inside of the weights that learners take (1e-60 to 1e60).
 */
export const LARGEST_FACTOR = 1e9;
export const SMALLEST_FACTOR = 1e-9;
export const classFactor = z.number().min(SMALLEST_FACTOR).max(LARGEST_FACTOR);

/** Of the squares of features, in single precision: larger ones leave no room for features up to 10,000. */
const gamma = positive.max(1e30);

/** Of an SVM's conditions: less than the rounding of its kernel values cannot be told from noise. */
const tolerance = z.number().min(1e-9).max(1);

const common = {
  classWeight: z
    .union([
      z.enum(['none', 'balanced', 'sqrt-balanced']),
      z.strictObject({ costFalsePositive: classFactor, costFalseNegative: classFactor }),
    ])
    .default('none')
    .describe('Row weights by class: none, balanced (inverse frequency), sqrt-balanced, or two costs. Default: none.'),
};

const hidden = z.array(z.int().min(1).max(4096)).max(8);
const learningRate = positive.max(1);
const validationFraction = z.number().gt(0).lt(1);

const decisionTree = z.strictObject({
  type: z.literal('decision-tree'),
  maxDepth: z.int().min(1).max(64).default(8).describe('Levels of splits, at most. Default: 8.'),
  minSamplesLeaf: count.default(1).describe('Training rows in a leaf, at least. Default: 1.'),
  minSamplesSplit: count.min(2).default(2).describe('Training rows in a node that is split, at least. Default: 2.'),
  ccpAlpha: z.number().nonnegative().default(0).describe('Cost-complexity pruning: 0 prunes nothing. Default: 0.'),
  ...common,
});

const svm = z.strictObject({
  type: z.literal('svm'),
  kernel: z.enum(['rbf', 'linear']).default('rbf').describe('exp(-gamma |x - z|^2), or x z. Default: rbf.'),
  C: positive.max(1e60).default(1).describe('Cost of a row within the margin. Default: 1.'),
  gamma: z
    .union([z.literal('scale'), gamma])
    .default('scale')
    .describe('Of the RBF kernel; scale is 1 / (features x their variance). Default: scale.'),
  tolerance: tolerance.default(1e-3).describe('Of the optimality conditions. Default: 0.001.'),
  cacheMegabytes: z.number().min(1).max(4096).default(200).describe('Room for kernel rows. Default: 200.'),
  ...common,
});

const neuralNetwork = z.strictObject({
  type: z.literal('neural-network'),
  hidden: hidden.default([64, 32]).describe('Units of the hidden layers. Default: 64, 32.'),
  epochs: count.max(100_000).default(60).describe('Passes over the training rows, at most. Default: 60.'),
  batchSize: count.max(65_536).default(64).describe('Rows per gradient step. Default: 64.'),
  learningRate: learningRate.default(0.001).describe("Adam's step size. Default: 0.001."),
  weightDecay: z.number().nonnegative().default(0.5).describe("AdamW's, decoupled. Default: 0.5."),
  dropout: z.number().min(0).lt(1).default(0).describe('Share of hidden units left out. Default: 0.'),
  loss: z.enum(['cross-entropy', 'focal']).default('cross-entropy').describe('Default: cross-entropy.'),
  focalGamma: z.number().nonnegative().default(2).describe("The focal loss's exponent. Default: 2."),
  earlyStopping: z
    .union([
      z.literal(false),
      z.strictObject({ validationFraction: validationFraction.default(0.2), patience: count.default(10) }),
    ])
    .default({ validationFraction: 0.2, patience: 10 })
    .describe('On training rows held out; or false. Default: a fifth of them, patience 10.'),
  ...common,
});

const logisticRegression = z.strictObject({
  type: z.literal('logistic-regression'),
  C: z.number().min(1e-60).max(1e60).default(1).describe('Weight of the rows beside the L2 penalty. Default: 1.'),
  ...common,
});

const gradientBoostedTrees = z.strictObject({
  type: z.literal('gradient-boosted-trees'),
  rounds: count.max(100_000).default(100).describe('Trees, at most. Default: 100.'),
  learningRate: learningRate.default(0.1).describe('Share of a Newton step that a leaf takes. Default: 0.1.'),
  maxDepth: z.int().min(1).max(64).optional().describe('Levels of splits, at most. Default: no limit.'),
  maxLeaves: z.int().min(2).default(31).describe('Leaves of a tree, at most. Default: 31.'),
  minSamplesLeaf: count.default(20).describe('Training rows in a leaf, at least. Default: 20.'),
  l2: z.number().nonnegative().default(0).describe('Added to the second derivatives of a leaf. Default: 0.'),
  maxBins: z.int().min(2).max(255).default(255).describe('Bins of a column, at most. Default: 255.'),
  scalePosWeight: classFactor.default(1).describe('Factor for the weights of minority rows. Default: 1.'),
  earlyStopping: z
    .strictObject({ validationFraction: validationFraction.default(0.1), patience: count.default(10) })
    .optional()
    .describe('On training rows held out. Default: none are.'),
  ...common,
});

const isolationForest = z.strictObject({
  type: z.literal('isolation-forest'),
  trees: count.max(10_000).default(100).describe('Default: 100.'),
  sampleSize: z
    .int()
    .min(2)
    .max(65_536)
    .default(256)
    .describe('Majority rows that a tree is grown on, at most. Default: 256.'),
  contamination: z
    .union([z.literal('auto'), positive.max(0.5)])
    .default('auto')
    .describe('Share of the training majority that is called minority; auto: a score above 0.5. Default: auto.'),
  ...common,
});

const oneClassSvm = z.strictObject({
  type: z.literal('one-class-svm'),
  nu: positive.max(1).default(0.1).describe('Share of the training majority called minority, at most. Default: 0.1.'),
  gamma: z
    .union([z.literal('scale'), gamma])
    .default('scale')
    .describe('Of the RBF kernel; scale is 1 / (features x their variance). Default: scale.'),
  tolerance: tolerance.default(1e-3).describe('Of the optimality conditions. Default: 0.001.'),
  cacheMegabytes: z.number().min(1).max(4096).default(200).describe('Room for kernel rows. Default: 200.'),
  ...common,
});

/** The learner, by type, with its own parameters: what is trained downstream, and therefore what discriminates. */
export const learnerSettingsSchema = z.discriminatedUnion('type', [
  decisionTree,
  svm,
  neuralNetwork,
  logisticRegression,
  gradientBoostedTrees,
  isolationForest,
  oneClassSvm,
]);
