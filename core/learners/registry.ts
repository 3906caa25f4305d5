import { InvalidArgumentError } from '../errors.ts';
import { type ClassWeight, withClassWeight } from './class-weights.ts';
import {
  DECISION_TREE,
  type DecisionTreeOptions,
  decisionTree,
  decisionTreeFromJSON,
} from './decision-tree/decision-tree.ts';
import {
  GRADIENT_BOOSTED_TREES,
  type GradientBoostedTreesOptions,
  gradientBoostedTrees,
  gradientBoostedTreesFromJSON,
} from './gradient-boosted-trees/gradient-boosted-trees.ts';
import {
  ISOLATION_FOREST,
  type IsolationForestOptions,
  isolationForest,
  isolationForestFromJSON,
} from './isolation-forest/isolation-forest.ts';
import type { FittedLearner, Learner } from './learner.ts';
import {
  LOGISTIC_REGRESSION,
  type LogisticRegressionOptions,
  logisticRegression,
  logisticRegressionFromJSON,
} from './logistic-regression/logistic-regression.ts';
import {
  NEURAL_NETWORK,
  type NeuralNetworkOptions,
  neuralNetwork,
  neuralNetworkFromJSON,
} from './neural-network/neural-network.ts';
import {
  ONE_CLASS_SVM,
  type OneClassSvmOptions,
  oneClassSvm,
  oneClassSvmFromJSON,
} from './one-class-svm/one-class-svm.ts';
import { SVM, type SvmOptions, svm, svmFromJSON } from './svm/svm.ts';

interface OptionsByType {
  readonly [DECISION_TREE]: DecisionTreeOptions;
  readonly [SVM]: SvmOptions;
  readonly [NEURAL_NETWORK]: NeuralNetworkOptions;
  readonly [LOGISTIC_REGRESSION]: LogisticRegressionOptions;
  readonly [GRADIENT_BOOSTED_TREES]: GradientBoostedTreesOptions;
  readonly [ISOLATION_FOREST]: IsolationForestOptions;
  readonly [ONE_CLASS_SVM]: OneClassSvmOptions;
}

export type LearnerType = keyof OptionsByType;

/** What a learner is made from: its type, that type's own options, and how much the classes count (default: alike). */
export type LearnerSettings = {
  [Type in LearnerType]: { readonly type: Type; readonly classWeight?: ClassWeight } & OptionsByType[Type];
}[LearnerType];

/**
 * What a learner's scores are:
 *
 * - `probability`: from 0 to 1, the learner's own estimate of the minority's share among such rows; it predicts minority above
 *   0.5. An estimate for the rows that it was trained on, as they were resampled or weighted, and not calibrated.
 * - `margin`: any number, in no unit of probability; it predicts minority above 0. Those of an isolation forest are margins too,
 *   though bounded: they tell how easily a row is isolated, and nothing of how many such rows belong to the minority.
 */
export type ScoreScale = 'probability' | 'margin';

interface LearnerKind {
  readonly create: (options: object) => Learner;
  readonly fromJSON: (json: unknown) => FittedLearner;
  readonly scale: ScoreScale;
}

const KINDS: Readonly<Record<LearnerType, LearnerKind>> = {
  [DECISION_TREE]: { create: decisionTree, fromJSON: decisionTreeFromJSON, scale: 'probability' },
  [SVM]: { create: svm, fromJSON: svmFromJSON, scale: 'margin' },
  [NEURAL_NETWORK]: { create: neuralNetwork, fromJSON: neuralNetworkFromJSON, scale: 'probability' },
  [LOGISTIC_REGRESSION]: { create: logisticRegression, fromJSON: logisticRegressionFromJSON, scale: 'probability' },
  [GRADIENT_BOOSTED_TREES]: {
    create: gradientBoostedTrees,
    fromJSON: gradientBoostedTreesFromJSON,
    scale: 'probability',
  },
  [ISOLATION_FOREST]: { create: isolationForest, fromJSON: isolationForestFromJSON, scale: 'margin' },
  [ONE_CLASS_SVM]: { create: oneClassSvm, fromJSON: oneClassSvmFromJSON, scale: 'margin' },
};

/** The learners that there are. */
export const LEARNER_TYPES = Object.keys(KINDS) as readonly LearnerType[];

/** @throws InvalidArgumentError (a type that there is not, an option out of range) */
export function createLearner({ type, classWeight = 'none', ...options }: LearnerSettings): Learner {
  return withClassWeight(kindOf(type, 'learner').create(options), classWeight);
}

/** The scale of the scores that learners of this type give. @throws InvalidArgumentError (a type that there is not) */
export function scoreScale(type: LearnerType): ScoreScale {
  return kindOf(type, 'learner').scale;
}

/** Restores a fitted learner of any type from what its `toJSON` gave. @throws InvalidArgumentError where it is not that */
export function fittedLearnerFromJSON(json: unknown): FittedLearner {
  return kindOf((json as { type?: unknown } | null | undefined)?.type, 'saved learner').fromJSON(json);
}

function kindOf(type: unknown, what: string): LearnerKind {
  const known = LEARNER_TYPES.find((candidate) => candidate === type);
  if (known === undefined) {
    throw new InvalidArgumentError(`${what}: found type ${JSON.stringify(type)}, needed ${LEARNER_TYPES.join(', ')}`);
  }
  return KINDS[known];
}
