import type { TestProject } from 'vitest/node';
import { provideEmulator } from './provide.ts';

export default function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  return provideEmulator(project, 'S3');
}
