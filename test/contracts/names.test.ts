import { existsSync, readFileSync } from 'node:fs';
import { ExecutionLimitExceeded } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import * as errors from '../../contracts/errors.ts';
import {
  longestWait,
  RETRY,
  RETRYABLE_ERRORS,
  RETRYABLE_START_ERRORS,
  SERVICE_RETRY,
} from '../../contracts/retries.ts';
import { HAPPY_PATH, STATES, stepFolder } from '../../contracts/states.ts';
import { VERSION } from '../../contracts/version.ts';
import { STEPS } from '../../functions/steps.ts';

describe('names', () => {
  it('every state has its folder, its step and its handler, under its own name', () => {
    for (const state of Object.values(STATES)) {
      expect(STEPS[state].state).toBe(state);
      for (const file of ['step.ts', 'handler.ts']) {
        expect(
          existsSync(new URL(`../../functions/${stepFolder(state)}/${file}`, import.meta.url)),
          `${state} ${file}`,
        ).toBe(true);
      }
    }
    expect(HAPPY_PATH).toEqual(Object.values(STATES).slice(0, -1));
  });

  it('every error is thrown under the name of its class, and only errors that may pass are retried', () => {
    for (const [name, ErrorClass] of Object.entries(errors)) expect(new ErrorClass('why').name).toBe(name);
    expect(RETRYABLE_ERRORS.filter((name) => !name.startsWith('Lambda.'))).toEqual(['StoreUnavailableError']);
    expect(longestWait(RETRY)).toBe(1 + 2 + 4);
    expect(longestWait(SERVICE_RETRY)).toBe(1 + 2 + 4 + 8 + 16);
  });

  it('a nested start is tried again after a limit of the API that there is, under both names that it may have', () => {
    const { name } = new ExecutionLimitExceeded({ message: 'limit', $metadata: {} });
    expect(RETRYABLE_START_ERRORS).toEqual(
      expect.arrayContaining([`StepFunctions.${name}`, `StepFunctions.${name}Exception`]),
    );
  });

  it('the version is the package’s', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(VERSION).toBe(manifest.version);
  });
});
