import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { createRng } from '../../core/random/rng.ts';
import { randomUnderSampler } from '../../core/samplers/random-under-sampler.ts';
import { artifactUri, loadRows, saveIndices } from '../artifacts.ts';
import { classCounts } from '../class-counts.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({ execution: true, request: true, merged: true });
type Payload = Pick<Workflow, 'execution' | 'request' | 'merged'>;

/** Line 6 of Algorithm 1: drop majority rows of the merged set until the classes stand at the asked ratio. */
export const step: Step<Payload, Untimed<Workflow['undersampled']>> = {
  state: STATES.undersampleMajority,
  payload,
  async run(run, { store }) {
    const { labels } = await loadRows(store, run.merged.rows);
    const rng = createRng(run.request.seed, STATES.undersampleMajority);
    const kept = randomUnderSampler.resample(labels, run.request.sampling.ratio, rng);
    const uri = artifactUri(run, STATES.undersampleMajority, ARTIFACTS.kept);
    return { kept: await saveIndices(store, uri, kept), counts: classCounts(labels, kept) };
  },
};
