import { assessGenerator, type GeneratorQuality } from '../../core/generators/quality.ts';
import { createLearner } from '../../core/learners/registry.ts';
import { createRng } from '../../core/random/rng.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { loadJson, loadRows } from '../../functions/artifacts.ts';
import { loadTrainingMinority } from '../../functions/observed-rows.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { GeneratorName } from '../contenders.ts';
import { askingGenerator, type TrainedRun } from '../material.ts';
import { branch } from '../protocol.ts';
import { Steps } from '../steps.ts';

/** What tries to tell generated from real rows: the best of the learners at tables. */
const TELLING_LEARNER = { type: 'gradient-boosted-trees' } as const;

/**
 * How a generator's rows compare with real ones that it has not seen: the minority rows that the protocol threw away. Nothing
 * is chosen by this.
 */
export async function assess(
  { run, generators }: TrainedRun,
  name: GeneratorName,
  store: DatasetStore,
): Promise<GeneratorQuality> {
  const assessing = branch(askingGenerator(run, name), 'assess', name);
  const generated = await new Steps(store).generateRows({ ...assessing, generator: generators[name] });
  const inputs = {
    observed: await loadTrainingMinority(store, run.prepared),
    generated: (await loadRows(store, generated.rows)).table,
    heldOut: (await loadRows(store, run.prepared.leftOut)).table,
    encoder: await loadJson<FeatureEncoder>(store, run.prepared.encoder),
    learner: createLearner(TELLING_LEARNER),
  };
  return assessGenerator(inputs, createRng(run.request.seed, 'paper/assess'));
}
