import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { defaultEpochs } from '../../core/generators/epochs.ts';
import { createGenerator } from '../../core/generators/registry.ts';
import { createRng } from '../../core/random/rng.ts';
import { artifactUri, saveJson } from '../artifacts.ts';
import { loadTrainingMinority } from '../observed-rows.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({ execution: true, request: true, prepared: true });
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared'>;

/** Line 1 of Algorithm 1: train the generator, noise in, the observed minority rows as teacher. */
export const step: Step<Payload, Untimed<Workflow['generator']>> = {
  state: STATES.trainGenerator,
  payload,
  async run(run, { store, onProgress }) {
    const minority = await loadTrainingMinority(store, run.prepared);
    const { rows: _, epochs = defaultEpochs(minority.rows), ...settings } = run.request.generator;
    const rng = createRng(run.request.seed, STATES.trainGenerator);
    const generator = createGenerator({ ...settings, epochs }).fit(minority, rng, onProgress);
    const model = artifactUri(run, STATES.trainGenerator, ARTIFACTS.generator);
    await saveJson(store, model, generator.toJSON());
    return { model, epochs, reconstructionLoss: generator.reconstructionLoss };
  },
};
