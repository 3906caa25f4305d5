import { BATCH_STATES } from '../../contracts/batch.ts';
import { openStore } from '../../storage/open-store.ts';
import { requiredVariable } from '../environment.ts';
import { instrument } from '../handler.ts';
import { summarizeBatch } from './summarize-batch.ts';

const context = { store: openStore(), bucket: requiredVariable('bucket') };

export const handler = instrument(BATCH_STATES.summarize, (event) => summarizeBatch(event, context));
