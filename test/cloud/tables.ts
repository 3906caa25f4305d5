import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../emulator/provision.ts';

/** The bundled sample as text: 20,000 rows, 2% of them fraud. */
export function sampleTable(): Promise<string> {
  return readFile(join(PROJECT, 'samples', 'card-transactions.csv'), 'utf8');
}

/** Of the sample every fourth fraud and every fiftieth genuine row: 100 and 392 rows, and done in a moment. */
export async function smallTable(): Promise<string> {
  const [header, ...rows] = (await sampleTable()).trimEnd().split('\n');
  const fraud = rows.filter((row) => row.endsWith(',fraud')).filter((_, i) => i % 4 === 0);
  const genuine = rows.filter((row) => row.endsWith(',genuine')).filter((_, i) => i % 50 === 0);
  return [header, ...fraud, ...genuine, ''].join('\n');
}

/** A table whose label has one value only: there is nothing to tell apart. */
export const BROKEN_TABLE = 'amount,outcome\n1,genuine\n2,genuine\n';

/** A file of events/, about this bucket. */
export async function sampleEvent(name: string, bucket: string): Promise<unknown> {
  const text = await readFile(join(PROJECT, 'events', name), 'utf8');
  return JSON.parse(text.replaceAll('example-data', bucket));
}
