import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { stackTables } from '../../core/table/table.ts';
import { artifactUri, loadRows, saveRows } from '../artifacts.ts';
import { classCounts } from '../class-counts.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({ execution: true, request: true, prepared: true, selected: true });
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared' | 'selected'>;

/** Line 5 of Algorithm 1: the observed training rows, then the new-feature rows. */
export const step: Step<Payload, Untimed<Workflow['merged']>> = {
  state: STATES.mergeRows,
  payload,
  async run(run, { store }) {
    const observed = await loadRows(store, run.prepared.train);
    const selected = await loadRows(store, run.selected.rows);
    const labels = Uint8Array.from([...observed.labels, ...selected.labels]);
    const rows = await saveRows(store, artifactUri(run, STATES.mergeRows, ARTIFACTS.merged), {
      table: stackTables(observed.table, selected.table),
      labels,
      origins: Int32Array.from([...observed.origins, ...selected.origins]),
    });
    return { rows, counts: classCounts(labels) };
  },
};
