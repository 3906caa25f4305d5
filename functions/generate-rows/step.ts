import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { fittedGeneratorFromJSON } from '../../core/generators/registry.ts';
import { createRng } from '../../core/random/rng.ts';
import { syntheticOrigin } from '../../storage/codecs/rows.ts';
import { artifactUri, loadJson, saveRows } from '../artifacts.ts';
import { loadTrainingMinority } from '../observed-rows.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({ execution: true, request: true, prepared: true, generator: true });
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared' | 'generator'>;

/** Line 2 of Algorithm 1: rows from fresh noise of the same p(z), decoded to valid rows before anyone judges them. */
export const step: Step<Payload, Untimed<Workflow['generated']>> = {
  state: STATES.generateRows,
  payload,
  async run(run, { store }) {
    const minority = await loadTrainingMinority(store, run.prepared);
    const generator = fittedGeneratorFromJSON(await loadJson(store, run.generator.model), minority);
    const count = run.request.generator.rows ?? run.prepared.counts.train.minority;
    const rng = createRng(run.request.seed, STATES.generateRows);
    const table = generator.generate(count, rng);
    const rows = await saveRows(store, artifactUri(run, STATES.generateRows, ARTIFACTS.generated), {
      table,
      labels: new Uint8Array(count).fill(1),
      origins: Int32Array.from({ length: count }, (_, index) => syntheticOrigin(index)),
    });
    return { rows, count };
  },
};
