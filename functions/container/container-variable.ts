import { CONTAINER_ENVIRONMENT } from '../../contracts/container.ts';
import { InvalidArgumentError } from '../../core/errors.ts';

/** A variable that the state machine gives to the container. @throws InvalidArgumentError where it did not */
export function containerVariable(variable: keyof typeof CONTAINER_ENVIRONMENT): string {
  const value = process.env[CONTAINER_ENVIRONMENT[variable]];
  if (value) return value;
  throw new InvalidArgumentError(
    `found no environment variable ${CONTAINER_ENVIRONMENT[variable]}, which the state machine sets`,
  );
}
