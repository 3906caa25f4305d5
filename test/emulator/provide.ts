import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { type MiniStackOptions, startMiniStack } from './ministack.ts';
import { type Provisioned, provisionEmulator } from './provision.ts';

/** What the tests of the emulator get by `inject('emulator')`. */
export type EmulatorContext =
  | {
      readonly endpoint: string;
      /** path of the one to trust, where the endpoint has one of its own */
      readonly certificate?: string;
      /** for temporary files: goes with the emulator, however it ends */
      readonly folder?: string;
    }
  | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    emulator: EmulatorContext;
  }
}

/**
 * One emulator, empty, for all test files of a project; with `AWS_ENDPOINT_URL` the endpoint there is used instead. Without
 * Python (or, for a strict one, openssl) the tests are skipped and the reason is printed, but not where `CI` is set: there it is a failure.
 *
 * @param what the tests are of, as in "tests of S3"
 * @returns what stops it
 */
export async function provideEmulator(
  project: TestProject,
  what: string,
  options: MiniStackOptions = {},
): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) {
    console.warn(`The tests of ${what} use the endpoint ${given} (AWS_ENDPOINT_URL), not the emulator of their own.`);
    project.provide('emulator', { endpoint: given });
    return undefined;
  }
  const provisioned = options.strict ? await provisionStrict() : await provisionEmulator();
  if ('missing' in provisioned) {
    if (process.env.CI) throw new Error(`the tests of ${what} must run in CI: ${provisioned.missing}`);
    console.warn(`Skipping the tests of ${what}: ${provisioned.missing}.`);
    project.provide('emulator', provisioned);
    return undefined;
  }
  const { stop, ...emulator } = await startMiniStack(provisioned.python, options);
  project.provide('emulator', emulator);
  return stop;
}

/** A strict emulator has openssl make its certificate. */
async function provisionStrict(): Promise<Provisioned> {
  return promisify(execFile)('openssl', ['version']).then(
    () => provisionEmulator(),
    () => ({ missing: 'found no openssl that runs, needed it in the PATH' }),
  );
}
