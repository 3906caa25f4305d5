import { STATES } from '../../contracts/states.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { createRng } from '../../core/random/rng.ts';
import { type Table, takeRows } from '../../core/table/table.ts';
import { isSynthetic } from '../../storage/codecs/rows.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { loadRows } from '../artifacts.ts';
import type { DatasetProfile } from '../prepare-dataset/columns.ts';
import { completeSyntheticRows } from './synthetic-rows.ts';

export interface PublishedRows {
  /** numbers of the observed rows, ascending; a row that the strategy gives twice is there twice */
  readonly observedRows: Int32Array;
  /** in the user's own columns */
  readonly syntheticRows: Table;
}

/** The rows that the published model was trained on, as they are written: observed ones as they were, synthetic ones below. */
export async function publishedRows(
  { request, prepared, model }: Pick<Workflow, 'request' | 'prepared' | 'model'>,
  profile: DatasetProfile,
  store: DatasetStore,
): Promise<PublishedRows> {
  const { table, origins } = await loadRows(store, model.rows);
  const donors = await loadRows(store, prepared.donors);
  const places = Int32Array.from(origins.keys()).filter((row) => isSynthetic(origins[row]));
  const rng = createRng(request.seed, STATES.publishDataset);
  return {
    observedRows: origins.filter((origin) => !isSynthetic(origin)).sort(),
    syntheticRows: completeSyntheticRows(profile, prepared.target, takeRows(table, places), donors.table, rng),
  };
}
