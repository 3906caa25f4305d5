import { resolvedRequestSchema } from '../contracts/request.ts';
import { STATES } from '../contracts/states.ts';
import type { Workflow } from '../contracts/workflow.ts';
import type { FittedLearner } from '../core/learners/learner.ts';
import type { FeatureEncoder } from '../core/table/feature-encoder.ts';
import { loadIndices, loadJson } from '../functions/artifacts.ts';
import { type Examples, fitLearner, loadExamples, undersampleObserved } from '../functions/observed-rows.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { GENERATORS, type GeneratorName, type GeneratorSettings, type LearnerSettings } from './contenders.ts';
import type { PreparedRun } from './protocol.ts';
import type { UndersampledRun } from './steps.ts';

/** A run with its generators trained. */
export interface TrainedRun {
  readonly run: PreparedRun;
  readonly generators: Readonly<Record<GeneratorName, Workflow['generator']>>;
}

/** The rows of a run as learners take them, read once for all that is fitted to them. */
export interface Material {
  readonly encoder: FeatureEncoder;
  readonly observed: Examples;
  /** the rows to judge by: the seed's test rows, or those of a fold */
  readonly judged: Examples;
}

export async function loadMaterial({ prepared }: PreparedRun, store: DatasetStore): Promise<Material> {
  const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
  const observed = await loadExamples(store, encoder, prepared.train);
  return { encoder, observed, judged: await loadExamples(store, encoder, prepared.test) };
}

/** The run with another learner or generator in its request, or another way to select rows, defaults filled in. */
export function asking(
  run: PreparedRun,
  asked: {
    readonly learner?: LearnerSettings;
    readonly generator?: GeneratorSettings;
    readonly discriminator?: { readonly select: 'all' | 'called-majority' };
  },
): PreparedRun {
  return { ...run, request: resolvedRequestSchema.parse({ ...run.request, ...asked }) };
}

/** The run with one of the generators in its request. @param rows to generate; default: as many as the request's default */
export function askingGenerator(run: PreparedRun, name: GeneratorName, rows?: number): PreparedRun {
  return asking(run, { generator: { ...GENERATORS[name], ...(rows === undefined ? {} : { rows }) } });
}

/** The run's learner on the observed rows, under-sampled: the baseline, to the byte that of EvaluateResult. */
export function fitUndersampled({ request }: PreparedRun, { observed }: Material): FittedLearner {
  return fitLearner(request, observed, undersampleObserved(observed.labels, request), STATES.evaluateResult);
}

/** ... on the observed rows as they are. */
export function fitObserved({ request }: PreparedRun, { observed }: Material): FittedLearner {
  return fitLearner(request, observed, 'all', STATES.evaluateResult);
}

/** ... on the observed rows, each class weighing as much as the other. */
export function fitBalanced(run: PreparedRun, material: Material): FittedLearner {
  const { request } = run;
  return fitObserved(asking(run, { learner: { ...request.learner, classWeight: 'balanced' } }), material);
}

/** ... on the rows that lines 5 and 6 left. */
export async function fitRebalanced(
  { request, merged, undersampled }: UndersampledRun,
  { encoder }: Material,
  store: DatasetStore,
): Promise<FittedLearner> {
  const examples = await loadExamples(store, encoder, merged.rows);
  return fitLearner(request, examples, await loadIndices(store, undersampled.kept), STATES.evaluateResult);
}
