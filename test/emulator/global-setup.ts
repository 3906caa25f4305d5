import type { TestProject } from 'vitest/node';
import { startMiniStack } from './ministack.ts';
import { provisionEmulator } from './provision.ts';

/** What the tests of the emulator get by `inject('emulator')`. */
export type EmulatorContext = { readonly endpoint: string } | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    emulator: EmulatorContext;
  }
}

/**
 * One emulator, empty, for all test files of a run; with `AWS_ENDPOINT_URL` the endpoint there is used instead. Without
 * Python the tests are skipped and the reason is printed, but not where `CI` is set: there it is a failure.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) {
    console.warn(
      `Using the endpoint ${given} (AWS_ENDPOINT_URL); the tests of the bundled emulator itself are skipped.`,
    );
    project.provide('emulator', { endpoint: given });
    return undefined;
  }
  const provisioned = await provisionEmulator();
  if ('missing' in provisioned) {
    if (process.env.CI) throw new Error(`the tests of S3 must run in CI: ${provisioned.missing}`);
    console.warn(`Skipping the tests of S3 and of the deployed stack: ${provisioned.missing}.`);
    project.provide('emulator', provisioned);
    return undefined;
  }
  const ministack = await startMiniStack(provisioned.python);
  project.provide('emulator', { endpoint: ministack.endpoint });
  return () => ministack.stop();
}
