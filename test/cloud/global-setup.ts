import type { TestProject } from 'vitest/node';
import { provideEmulator } from '../emulator/provide.ts';

/** Strict, so that a permission which the deployed stack lacks is missing here too. */
export default function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  return provideEmulator(project, 'the deployed stack', { strict: true });
}
