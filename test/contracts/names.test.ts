import { existsSync, readFileSync } from 'node:fs';
import {
  ENINotReadyException,
  ResourceConflictException,
  ResourceNotReadyException,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { ExecutionLimitExceeded } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import * as errors from '../../contracts/errors.ts';
import {
  longestWait,
  NO_CONTAINER_ROOM_ERRORS,
  NO_ROOM_ERRORS,
  RETRY,
  RETRYABLE_CONTAINER_ERRORS,
  RETRYABLE_ERRORS,
  RETRYABLE_START_ERRORS,
  ROOM_RETRY,
  SERVICE_RETRY,
} from '../../contracts/retries.ts';
import { HAPPY_PATH, STATES, stepFolder } from '../../contracts/states.ts';
import { VERSION } from '../../contracts/version.ts';
import { STEPS } from '../../functions/steps.ts';
import { STEP_SIZES } from '../../infra/step-sizes.ts';

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

  it('a function that finds no room is waited for as long as the longest function may run', () => {
    expect(longestWait(ROOM_RETRY)).toBe(2 + 4 + 8 + 16 + 32 + 14 * 60);
    const longest = Math.max(...Object.values(STEP_SIZES).map(({ timeout }) => timeout.toSeconds()));
    expect(longestWait(ROOM_RETRY)).toBeGreaterThan(longest);
    expect(RETRYABLE_ERRORS.filter((name) => NO_ROOM_ERRORS.includes(name))).toEqual([]);
    expect(RETRYABLE_CONTAINER_ERRORS.filter((name) => NO_CONTAINER_ROOM_ERRORS.includes(name))).toEqual([]);
  });

  it('so is a function that is not ready, under the names that Lambda’s API has for it, and a container that was not started', () => {
    const notReady = [
      ENINotReadyException,
      ResourceConflictException,
      ResourceNotReadyException,
      TooManyRequestsException,
    ];
    const options = { message: 'not yet', $metadata: {} };
    expect([...NO_ROOM_ERRORS].sort()).toEqual(notReady.map((Refusal) => `Lambda.${new Refusal(options).name}`));
    // In the guide of Step Functions, for a non-empty field Failures; and in the knowledge center of AWS, for no capacity.
    expect(NO_CONTAINER_ROOM_ERRORS).toEqual(['ECS.AmazonECSException', 'AmazonECS.Unknown']);
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
