import type { Workflow } from '../contracts/workflow.ts';
import type { GeneratorQuality } from '../core/generators/quality.ts';
import { GENERATOR_NAMES, type GeneratorName, type LearnerName } from './contenders.ts';
import type { TrainedRun } from './material.ts';
import { FOLDS, type PreparedRun, type Study } from './protocol.ts';
import type { MixingPoint } from './tasks/mix.ts';
import type { Resampled } from './tasks/resample.ts';
import type { Reweighted } from './tasks/reweight.ts';
import type { Answer, Task, TaskKind } from './tasks/task.ts';
import type { Validation } from './tasks/validate.ts';
import type { TaskRunner } from './worker-pool.ts';

/** Everything that one seed says of one learner. */
export interface LearnerResult {
  readonly validation: Validation;
  readonly mixing: readonly MixingPoint[];
  readonly resampled: Resampled;
  readonly reweighted: Reweighted;
}

/** How well a generator did, by its training and beside real rows that it has not seen. */
export type GeneratorResult = GeneratorQuality & { readonly reconstructionLoss: number };

export interface SeedResult {
  readonly seed: number;
  readonly sha256: string;
  readonly encodedAttributes: number;
  readonly counts: Workflow['prepared']['counts'];
  readonly generators: Readonly<Record<GeneratorName, GeneratorResult>>;
  readonly learners: Readonly<Partial<Record<LearnerName, LearnerResult>>>;
}

/** News: a task is done, of so many. */
export type OnTask = (done: number, total: number, what: string) => void;

/** Tasks of a seed: its rows, every generator trained on all rows and on each fold and assessed, and four for every learner. */
export function countTasks(seeds: number, learners: number): number {
  return seeds * (1 + GENERATOR_NAMES.length * (2 + FOLDS) + 4 * learners);
}

/**
 * Runs both experiments for every seed and learner. What is prepared or trained once is shared: the rows of a seed, and a generator
 * per seed and kind. The seeds come back in the order in which they were asked for.
 */
export async function runStudy(
  study: Study,
  seeds: readonly number[],
  learners: readonly LearnerName[],
  runner: TaskRunner,
  onTask: OnTask,
): Promise<SeedResult[]> {
  const total = countTasks(seeds.length, learners.length);
  let done = 0;
  const reporting = {
    async run<Kind extends TaskKind>(task: Task<Kind>, what: string): Promise<Answer<Kind>> {
      const answer = await runner.run(task);
      onTask(++done, total, what);
      return answer;
    },
  };
  return Promise.all(seeds.map((seed) => runSeed(study, seed, learners, reporting)));
}

interface ReportingRunner {
  run<Kind extends TaskKind>(task: Task<Kind>, what: string): Promise<Answer<Kind>>;
}

async function runSeed(
  study: Study,
  seed: number,
  learners: readonly LearnerName[],
  runner: ReportingRunner,
): Promise<SeedResult> {
  const prepared = await runner.run({ kind: 'prepare', study, seed }, `seed ${seed}: rows`);
  const [whole, ...folds] = await Promise.all(
    [prepared.whole, ...prepared.folds].map((run) => trainGenerators(run, seed, runner)),
  );
  const [learnerResults, generators] = await Promise.all([
    Promise.all(learners.map(async (name) => [name, await runLearner(seed, whole, folds, name, runner)])),
    Promise.all(GENERATOR_NAMES.map(async (name) => [name, await assessGenerator(seed, whole, name, runner)])),
  ]);
  const { input, encodedAttributes, counts } = prepared.whole.prepared;
  return {
    seed,
    sha256: input.sha256,
    encodedAttributes,
    counts,
    generators: Object.fromEntries(generators),
    learners: Object.fromEntries(learnerResults),
  };
}

async function assessGenerator(
  seed: number,
  whole: TrainedRun,
  generator: GeneratorName,
  runner: ReportingRunner,
): Promise<GeneratorResult> {
  const quality = await runner.run({ kind: 'assess', whole, generator }, `seed ${seed}: quality of ${generator}`);
  return { reconstructionLoss: whole.generators[generator].reconstructionLoss, ...quality };
}

async function trainGenerators(run: PreparedRun, seed: number, runner: ReportingRunner): Promise<TrainedRun> {
  const trained = await Promise.all(
    GENERATOR_NAMES.map(async (generator) => [
      generator,
      await runner.run({ kind: 'train', run, generator }, `seed ${seed}: generator ${generator}`),
    ]),
  );
  return { run, generators: Object.fromEntries(trained) };
}

async function runLearner(
  seed: number,
  whole: TrainedRun,
  folds: readonly TrainedRun[],
  name: LearnerName,
  runner: ReportingRunner,
): Promise<LearnerResult> {
  const what = (task: string) => `seed ${seed}: ${name}, ${task}`;
  const validation = await runner.run({ kind: 'validate', folds, learner: name }, what('settings'));
  const { settings: learner, recall } = validation.choice;
  const foldRuns = folds.map(({ run }) => run);
  const [reweighted, mixing, resampled] = await Promise.all([
    runner.run(
      { kind: 'reweight', whole: whole.run, folds: foldRuns, learner, recall },
      what('weights and thresholds'),
    ),
    runner.run({ kind: 'mix', whole, learner }, what('mixing ratio')),
    runner.run({ kind: 'resample', whole, learner }, what('observed versus proposed')),
  ]);
  return { validation, mixing, resampled, reweighted };
}
