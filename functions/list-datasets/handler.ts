import { BATCH_STATES } from '../../contracts/batch.ts';
import { openStore } from '../../storage/open-store.ts';
import { functionDefaults, requiredVariable } from '../environment.ts';
import { instrument } from '../handler.ts';
import { listDatasets } from './list-datasets.ts';

const context = { store: openStore(), bucket: requiredVariable('bucket'), defaults: functionDefaults() };

export const handler = instrument(BATCH_STATES.listDatasets, async (event) => {
  const { batch, request } = event as { batch: { id: string }; request: unknown };
  return listDatasets(request, batch.id, context);
});
