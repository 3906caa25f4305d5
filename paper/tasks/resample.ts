import type { Scores, Workflow } from '../../contracts/workflow.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { GENERATOR_NAMES, type GeneratorName, type LearnerSettings } from '../contenders.ts';
import { judge } from '../judge.ts';
import { asking, askingGenerator, fitRebalanced, fitUndersampled, loadMaterial, type TrainedRun } from '../material.ts';
import { handOutLeftOut } from '../oracle.ts';
import { branch, type PreparedRun } from '../protocol.ts';
import { Steps } from '../steps.ts';

/** A learner's scores with one source of new rows, and how many of them line 4 let through. */
export interface ResampledScores {
  readonly generated: number;
  readonly newFeatureRows: number;
  readonly scores: Scores;
}

/** The rows of experiment 2 in which rows are added or dropped. */
export interface Resampled {
  readonly undersampled: Scores;
  readonly proposed: Readonly<Record<GeneratorName, ResampledScores>>;
  /** real rows that the protocol threw away, as many as there are training minority rows */
  readonly oracle: ResampledScores;
  /** ... and all of them */
  readonly fullOracle: ResampledScores;
}

/** Experiment 2: under-sampling alone, the proposed method with each generator, and the oracle. */
export async function resample(
  { run, generators }: TrainedRun,
  learner: LearnerSettings,
  store: DatasetStore,
): Promise<Resampled> {
  const steps = new Steps(store);
  const material = await loadMaterial(run, store);
  const resampling = branch(asking(run, { learner }), 'resample', learner.type ?? 'learner');
  const undersampled = judge(fitUndersampled(resampling, material), material.judged);
  const discriminator = await steps.trainDiscriminator(resampling);

  const scoreWith = async (generating: PreparedRun, generated: Workflow['generated']): Promise<ResampledScores> => {
    const rebalanced = await steps.rebalance({ ...generating, generated, discriminator });
    const fitted = await fitRebalanced(rebalanced, material, store);
    return {
      generated: generated.count,
      newFeatureRows: rebalanced.selected.newFeatureRows,
      scores: judge(fitted, material.judged, undersampled.falsePositiveRate),
    };
  };
  const proposed: [GeneratorName, ResampledScores][] = [];
  for (const name of GENERATOR_NAMES) {
    const generating = { ...askingGenerator(resampling, name), generator: generators[name] };
    proposed.push([name, await scoreWith(generating, await steps.generateRows(generating))]);
  }
  const { minority } = run.prepared.counts.train;
  return {
    undersampled,
    proposed: Object.fromEntries(proposed) as Resampled['proposed'],
    oracle: await scoreWith(resampling, await handOutLeftOut(resampling, store, minority)),
    fullOracle: await scoreWith(resampling, await handOutLeftOut(resampling, store)),
  };
}
