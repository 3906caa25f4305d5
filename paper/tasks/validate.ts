import { type ConfusionCounts, countConfusion } from '../../core/evaluation/confusion-counts.ts';
import type { FittedLearner } from '../../core/learners/learner.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { type Choice, chooseSettings, undoCut, type ValidationRow } from '../choose-settings.ts';
import {
  GENERATOR_NAMES,
  type GeneratorName,
  LEARNERS,
  type LearnerName,
  type LearnerSettings,
} from '../contenders.ts';
import {
  asking,
  askingGenerator,
  fitRebalanced,
  fitUndersampled,
  loadMaterial,
  type Material,
  type TrainedRun,
} from '../material.ts';
import { branch, type PreparedRun } from '../protocol.ts';
import { Steps } from '../steps.ts';

/** What was tried on the folds of a seed, and what was chosen there. */
export interface Validation {
  readonly choice: Choice;
  readonly rows: readonly ValidationRow[];
}

/** Tries every setting of a learner with every generator on the folds of the training rows. */
export async function validate(
  folds: readonly TrainedRun[],
  learner: LearnerName,
  store: DatasetStore,
): Promise<Validation> {
  const tries: FoldTry[][] = [];
  for (const fold of folds) {
    const material = await loadMaterial(fold.run, store);
    const ofFold: FoldTry[] = [];
    for (const settings of LEARNERS[learner]) ofFold.push(await tryOn(fold, material, learner, settings, store));
    tries.push(ofFold);
  }
  const rows = LEARNERS[learner].map((settings, i): ValidationRow => {
    const byFold = tries.map((ofFold) => ofFold[i]);
    const proposed = GENERATOR_NAMES.map((name) => [name, byFold.map((found) => found.proposed[name])]);
    return {
      settings,
      undersampled: byFold.map(({ undersampled }) => undersampled),
      proposed: Object.fromEntries(proposed),
    };
  });
  return { choice: chooseSettings(rows), rows };
}

/** One of a learner's settings on one fold. */
interface FoldTry {
  readonly undersampled: ConfusionCounts;
  readonly proposed: Readonly<Record<GeneratorName, ConfusionCounts>>;
}

async function tryOn(
  { run, generators }: TrainedRun,
  material: Material,
  learner: LearnerName,
  settings: LearnerSettings,
  store: DatasetStore,
): Promise<FoldTry> {
  const steps = new Steps(store);
  const trying = branch(asking(run, { learner: settings }), 'validate', learner);
  const discriminator = await steps.trainDiscriminator(trying);
  const proposed: [GeneratorName, ConfusionCounts][] = [];
  for (const name of GENERATOR_NAMES) {
    const generating = { ...askingGenerator(trying, name), generator: generators[name] };
    const generated = await steps.generateRows(generating);
    const rebalanced = await steps.rebalance({ ...generating, generated, discriminator });
    proposed.push([name, countOn(material, await fitRebalanced(rebalanced, material, store), run)]);
  }
  return {
    undersampled: countOn(material, fitUndersampled(trying, material), run),
    proposed: Object.fromEntries(proposed) as FoldTry['proposed'],
  };
}

function countOn({ judged }: Material, learner: FittedLearner, { request }: PreparedRun): ConfusionCounts {
  const counts = countConfusion({ labels: judged.labels, predictions: learner.predict(judged.matrix) });
  return undoCut(counts, request.split.minorityFraction);
}
