import type { Scores, Workflow } from '../../contracts/workflow.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { type GeneratorName, type LearnerSettings, MIXED_GENERATOR_NAMES } from '../contenders.ts';
import { judge } from '../judge.ts';
import { asking, askingGenerator, fitRebalanced, loadMaterial, type TrainedRun } from '../material.ts';
import { handOutLeftOut } from '../oracle.ts';
import { branch, type PreparedRun, TENTHS } from '../protocol.ts';
import { Steps } from '../steps.ts';

/** One point of a curve of experiment 1. */
export interface MixingPoint {
  readonly generator: GeneratorName | 'oracle';
  readonly tenths: number;
  readonly rowsAdded: number;
  readonly scores: Scores;
}

/**
 * Experiment 1: generated rows are added without selection, in growing number, and the merged set is under-sampled. The
 * point of no rows is the same for every generator, and the rate at which recall is compared is its own.
 */
export async function mix(
  { run, generators }: TrainedRun,
  learner: LearnerSettings,
  store: DatasetStore,
): Promise<MixingPoint[]> {
  const steps = new Steps(store);
  const material = await loadMaterial(run, store);
  const mixing = branch(asking(run, { learner, discriminator: { select: 'all' } }), 'mix', learner.type ?? 'learner');
  const discriminator = await steps.trainDiscriminator(mixing);
  const alone = judge(await fitRebalanced(await steps.rebalanceWithoutRows(mixing), material, store), material.judged);

  const scoreWith = async (generating: PreparedRun, generated: Workflow['generated']): Promise<Scores> => {
    const rebalanced = await steps.rebalance({ ...generating, generated, discriminator });
    return judge(await fitRebalanced(rebalanced, material, store), material.judged, alone.falsePositiveRate);
  };
  const points: MixingPoint[] = [];
  for (const tenths of TENTHS) {
    const rowsAdded = Math.round((run.prepared.counts.train.minority * tenths) / 10);
    for (const name of MIXED_GENERATOR_NAMES) {
      const generating = { ...askingGenerator(mixing, name, rowsAdded || 1), generator: generators[name] };
      const scores = rowsAdded === 0 ? alone : await scoreWith(generating, await steps.generateRows(generating));
      points.push({ generator: name, tenths, rowsAdded, scores });
    }
    const scores = rowsAdded === 0 ? alone : await scoreWith(mixing, await handOutLeftOut(mixing, store, rowsAdded));
    points.push({ generator: 'oracle', tenths, rowsAdded, scores });
  }
  return points;
}
