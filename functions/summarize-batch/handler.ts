import { BATCH_STATES } from '../../contracts/batch.ts';
import { S3Store } from '../../storage/s3-store.ts';
import { requiredVariable } from '../environment.ts';
import { instrument } from '../handler.ts';
import { summarizeBatch } from './summarize-batch.ts';

const context = { store: new S3Store(), bucket: requiredVariable('bucket') };

export const handler = instrument(BATCH_STATES.summarize, (event) => summarizeBatch(event, context));
