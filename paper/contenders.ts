import type { ParsedRequest, RebalanceRequest } from '../contracts/request.ts';

export type LearnerSettings = NonNullable<RebalanceRequest['learner']>;
export type GeneratorSettings = NonNullable<RebalanceRequest['generator']>;

/** The limits of the tree among which the validation rows choose: by depth, by the rows of a leaf, or by pruning. */
const TREES: readonly LearnerSettings[] = [
  ...[2, 3, 4, 5, 6, 8].map((maxDepth) => tree({ maxDepth })),
  ...[4, 5].flatMap((maxDepth) => [80, 100, 120, 130, 140].map((minSamplesLeaf) => tree({ maxDepth, minSamplesLeaf }))),
  ...[25, 50, 100].map((minSamplesLeaf) => tree({ maxDepth: 64, minSamplesLeaf })),
  ...[0.001, 0.002, 0.004].map((ccpAlpha) => tree({ maxDepth: 64, ccpAlpha })),
];

function tree(limits: { maxDepth: number; minSamplesLeaf?: number; ccpAlpha?: number }): LearnerSettings {
  return { type: 'decision-tree', ...limits };
}

/** Learners that train on both classes; those that see the majority alone have nothing to gain from new minority rows. */
type TwoClassLearner = Exclude<ParsedRequest['learner']['type'], 'isolation-forest' | 'one-class-svm'>;

/** The learners, each with the settings to choose among; `type` alone stands for its defaults. */
export const LEARNERS: Readonly<Record<TwoClassLearner, readonly LearnerSettings[]>> = {
  'decision-tree': TREES,
  svm: [{ type: 'svm' }],
  'neural-network': [{ type: 'neural-network' }],
  'gradient-boosted-trees': [{ type: 'gradient-boosted-trees' }],
  'logistic-regression': [{ type: 'logistic-regression' }],
};

export type LearnerName = keyof typeof LEARNERS;
export const LEARNER_NAMES = Object.keys(LEARNERS) as LearnerName[];

/**
 * The generators, each with its settings: ours with as many rows as there are minority rows (the default) and with two and a
 * half times as many as the protocol leaves, and the source's own (fixed pairs of noise and rows, squared error).
 */
export const GENERATORS = {
  autoencoder: { type: 'autoencoder' },
  'autoencoder, 3760 rows': { type: 'autoencoder', rows: 3760 },
  'fixed pairs': { type: 'autoencoder', pairing: 'fixed', hidden: [64, 32, 64], loss: 'squared-error' },
} as const satisfies Readonly<Record<string, GeneratorSettings>>;

export type GeneratorName = keyof typeof GENERATORS;
export const GENERATOR_NAMES = Object.keys(GENERATORS) as GeneratorName[];
/** Those of experiment 1, which says itself how many rows are made. */
export const MIXED_GENERATOR_NAMES = GENERATOR_NAMES.filter((name) => !('rows' in GENERATORS[name]));

/** The learners of the source, for which the bars hold. */
export const SOURCE_LEARNERS: readonly string[] = ['decision-tree', 'svm', 'neural-network'];

/** Settings in a word or two, for a table: `maxDepth 4`. */
export function describeSettings({ type, ...options }: LearnerSettings): string {
  const named = Object.entries(options).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return named.length === 0 ? 'defaults' : named.join(', ');
}
