import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PreparedRun, type Study, seedRun } from '../../paper/protocol.ts';
import { Steps } from '../../paper/steps.ts';
import { openStore } from '../../storage/open-store.ts';
import { temporaryFolder } from '../functions/run.ts';
import { HEADER, paymentsTable } from '../functions/tables.ts';

export const store = openStore();

/** A study of a small table. @param folder default: one that is gone after the test */
export function paymentsStudy(rows: number, folder = temporaryFolder()): Study {
  const dataset = join(folder, 'payments.data');
  writeFileSync(dataset, paymentsTable({ rows }).split('\n').slice(1).join('\n'));
  return { dataset, folder, columns: HEADER, target: { column: 'label', minority: 'fraud' } };
}

export function preparePayments(rows: number, seed = 0, folder?: string): Promise<PreparedRun> {
  return new Steps(store).prepareDataset(seedRun(paymentsStudy(rows, folder), seed));
}
