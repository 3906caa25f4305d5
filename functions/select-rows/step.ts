import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { fittedLearnerFromJSON } from '../../core/learners/registry.ts';
import { encodeFeatures, type FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { rowsOfClass } from '../../core/table/split.ts';
import { takeRows } from '../../core/table/table.ts';
import { artifactUri, loadJson, loadRows, saveRows } from '../artifacts.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({
  execution: true,
  request: true,
  prepared: true,
  generated: true,
  discriminator: true,
});
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared' | 'generated' | 'discriminator'>;

/**
 * Line 4 of Algorithm 1: of the generated rows, keep those that the discriminator calls majority. They look like the
 * minority to the generator and not yet to the learner: the new-feature rows.
 */
export const step: Step<Payload, Untimed<Workflow['selected']>> = {
  state: STATES.selectRows,
  payload,
  async run(run, { store }) {
    const encoder = await loadJson<FeatureEncoder>(store, run.prepared.encoder);
    const discriminator = fittedLearnerFromJSON(await loadJson(store, run.discriminator.model));
    const generated = await loadRows(store, run.generated.rows);
    const calls = discriminator.predict(encodeFeatures(encoder, generated.table));
    const kept = run.request.discriminator.select === 'all' ? Int32Array.from(calls.keys()) : rowsOfClass(calls, 0);
    const rows = await saveRows(store, artifactUri(run, STATES.selectRows, ARTIFACTS.selected), {
      table: takeRows(generated.table, kept),
      labels: generated.labels.slice(0, kept.length),
      origins: kept.map((row) => generated.origins[row]),
    });
    return { rows, generated: generated.table.rows, newFeatureRows: kept.length };
  },
};
