import { ENVIRONMENT, type EnvironmentVariable } from '../contracts/environment.ts';
import type { RequestDefaults } from '../contracts/start-event.ts';
import { InvalidArgumentError } from '../core/errors.ts';

/** A variable that the stack gives to the function. @throws InvalidArgumentError where it did not */
export function requiredVariable(variable: EnvironmentVariable): string {
  const value = process.env[ENVIRONMENT[variable]];
  if (value) return value;
  throw new InvalidArgumentError(`found no environment variable ${ENVIRONMENT[variable]}, which the stack sets`);
}

/** The stack's settings for tables that have none of their own; checked when the stack was synthesized. */
export function functionDefaults(): RequestDefaults {
  return JSON.parse(process.env[ENVIRONMENT.defaults] ?? '{}');
}
