import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { artifactUri, loadJson, saveJson } from '../artifacts.ts';
import { classCounts } from '../class-counts.ts';
import { fitLearner, loadExamples, undersampleObserved } from '../observed-rows.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({ execution: true, request: true, prepared: true });
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared'>;

/**
 * Line 3 of Algorithm 1: the discriminator, on observed rows only, is the same learner that is trained downstream; by
 * default under-sampled as that one will be, so that it draws the line where that one would without new rows.
 */
export const step: Step<Payload, Untimed<Workflow['discriminator']>> = {
  state: STATES.trainDiscriminator,
  payload,
  async run(run, { store }) {
    const { request, prepared } = run;
    const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
    const observed = await loadExamples(store, encoder, prepared.train);
    const rows =
      request.discriminator.balance === 'undersample' ? undersampleObserved(observed.labels, request) : 'all';
    const discriminator = fitLearner(request, observed, rows, STATES.trainDiscriminator);
    const model = artifactUri(run, STATES.trainDiscriminator, ARTIFACTS.discriminator);
    await saveJson(store, model, discriminator.toJSON());
    return { model, trainedOn: classCounts(observed.labels, rows === 'all' ? undefined : rows) };
  },
};
