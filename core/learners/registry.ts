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
import { SVM, type SvmOptions, svm, svmFromJSON } from './svm/svm.ts';

interface OptionsByType {
  readonly [DECISION_TREE]: DecisionTreeOptions;
  readonly [SVM]: SvmOptions;
  readonly [NEURAL_NETWORK]: NeuralNetworkOptions;
  readonly [LOGISTIC_REGRESSION]: LogisticRegressionOptions;
  readonly [GRADIENT_BOOSTED_TREES]: GradientBoostedTreesOptions;
}

export type LearnerType = keyof OptionsByType;

/** What a learner is made from: its type, that type's own options, and how much the classes count (default: alike). */
export type LearnerSettings = {
  [Type in LearnerType]: { readonly type: Type; readonly classWeight?: ClassWeight } & OptionsByType[Type];
}[LearnerType];

interface LearnerKind {
  readonly create: (options: object) => Learner;
  readonly fromJSON: (json: unknown) => FittedLearner;
}

const KINDS: Readonly<Record<LearnerType, LearnerKind>> = {
  [DECISION_TREE]: { create: decisionTree, fromJSON: decisionTreeFromJSON },
  [SVM]: { create: svm, fromJSON: svmFromJSON },
  [NEURAL_NETWORK]: { create: neuralNetwork, fromJSON: neuralNetworkFromJSON },
  [LOGISTIC_REGRESSION]: { create: logisticRegression, fromJSON: logisticRegressionFromJSON },
  [GRADIENT_BOOSTED_TREES]: { create: gradientBoostedTrees, fromJSON: gradientBoostedTreesFromJSON },
};

/** The learners that there are. */
export const LEARNER_TYPES = Object.keys(KINDS) as readonly LearnerType[];

/** @throws InvalidArgumentError (a type that there is not, an option out of range) */
export function createLearner({ type, classWeight = 'none', ...options }: LearnerSettings): Learner {
  return withClassWeight(kindOf(type, 'learner').create(options), classWeight);
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
