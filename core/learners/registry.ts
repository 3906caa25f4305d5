import { InvalidArgumentError } from '../errors.ts';
import { DECISION_TREE, type DecisionTreeOptions, decisionTree, decisionTreeFromJSON } from './decision-tree.ts';
import type { FittedLearner, Learner } from './learner.ts';

/** What a learner is made from: its type, and that type's own options. */
export type LearnerSettings = { readonly type: typeof DECISION_TREE } & DecisionTreeOptions;

export type LearnerType = LearnerSettings['type'];

interface LearnerKind {
  readonly create: (settings: LearnerSettings) => Learner;
  readonly fromJSON: (json: unknown) => FittedLearner;
}

const KINDS: Readonly<Record<LearnerType, LearnerKind>> = {
  [DECISION_TREE]: { create: decisionTree, fromJSON: decisionTreeFromJSON },
};

/** The learners that there are. */
export const LEARNER_TYPES = Object.keys(KINDS) as readonly LearnerType[];

/** @throws InvalidArgumentError (a type that there is not, an option out of range) */
export function createLearner(settings: LearnerSettings): Learner {
  return kindOf(settings.type, 'learner').create(settings);
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
