import type { DatasetStore } from '../../storage/dataset-store.ts';
import { openStore } from '../../storage/open-store.ts';
import type { CommandContext } from '../command/command-context.ts';
import type { Executions } from './executions.ts';

export interface Region {
  readonly executions: Executions;
  /** a stack's bucket is in the stack's region */
  readonly store: DatasetStore;
}

/** What the commands ask in a region of AWS. The SDK is loaded now, and by no command that does without. */
export async function connect(region: string, context: CommandContext): Promise<Region> {
  const open = context.openExecutions ?? (async () => (await import('./step-functions.ts')).stepFunctions(region));
  const store = context.openStore?.(region) ?? openStore({ s3: { region } });
  return { executions: await open(region), store };
}
