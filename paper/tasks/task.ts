import type { Workflow } from '../../contracts/workflow.ts';
import type { GeneratorQuality } from '../../core/generators/quality.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { GeneratorName, LearnerName, LearnerSettings } from '../contenders.ts';
import { prepareFolds } from '../folds.ts';
import { askingGenerator, type TrainedRun } from '../material.ts';
import { branch, FOLDS, type PreparedRun, type Study, seedRun } from '../protocol.ts';
import { Steps } from '../steps.ts';
import { assess } from './assess.ts';
import { type MixingPoint, mix } from './mix.ts';
import { type Resampled, resample } from './resample.ts';
import { type Reweighted, reweight } from './reweight.ts';
import { type Validation, validate } from './validate.ts';

/** A seed's rows: all of them, and the folds of its training rows. */
export interface PreparedSeed {
  readonly whole: PreparedRun;
  readonly folds: readonly PreparedRun[];
}

/** The work of the paper in pieces that a worker can do by itself, with what each gives back. */
export interface TaskKinds {
  prepare: { ask: { study: Study; seed: number }; answer: PreparedSeed };
  train: { ask: { run: PreparedRun; generator: GeneratorName }; answer: Workflow['generator'] };
  assess: { ask: { whole: TrainedRun; generator: GeneratorName }; answer: GeneratorQuality };
  validate: { ask: { folds: readonly TrainedRun[]; learner: LearnerName }; answer: Validation };
  mix: { ask: { whole: TrainedRun; learner: LearnerSettings }; answer: MixingPoint[] };
  resample: { ask: { whole: TrainedRun; learner: LearnerSettings }; answer: Resampled };
  reweight: {
    ask: { whole: PreparedRun; folds: readonly PreparedRun[]; learner: LearnerSettings; recall: number };
    answer: Reweighted;
  };
}

export type TaskKind = keyof TaskKinds;

export type Task<Kind extends TaskKind = TaskKind> = { readonly kind: Kind } & Readonly<TaskKinds[Kind]['ask']>;
export type Answer<Kind extends TaskKind> = TaskKinds[Kind]['answer'];

type Workers = { [Kind in TaskKind]: (task: Task<Kind>, store: DatasetStore) => Promise<Answer<Kind>> };

const WORK: Workers = {
  async prepare({ study, seed }, store) {
    const whole = await new Steps(store).prepareDataset(seedRun(study, seed));
    return { whole, folds: await prepareFolds(whole, FOLDS, store) };
  },
  train: ({ run, generator }, store) =>
    new Steps(store).trainGenerator(branch(askingGenerator(run, generator), generator)),
  assess: ({ whole, generator }, store) => assess(whole, generator, store),
  validate: ({ folds, learner }, store) => validate(folds, learner, store),
  mix: ({ whole, learner }, store) => mix(whole, learner, store),
  resample: ({ whole, learner }, store) => resample(whole, learner, store),
  reweight: ({ whole, folds, learner, recall }, store) => reweight(whole, folds, learner, recall, store),
};

/** Does a task. What it gives back is plain JSON, and a function of the task and the store alone. */
export function perform<Kind extends TaskKind>(task: Task<Kind>, store: DatasetStore): Promise<Answer<Kind>> {
  return (WORK[task.kind] as Workers[Kind])(task, store);
}
