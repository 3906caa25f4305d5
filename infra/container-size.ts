import { Duration } from 'aws-cdk-lib';
import { longestWait, SERVICE_RETRY } from '../contracts/retries.ts';

/**
 * What a step in a container is given: three times the memory that a function can have, with the fewest vCPUs that Fargate
 * allows with it (a step calculates in one thread, so that more would lie idle).
 */
export const CONTAINER_SIZE = {
  cpuUnits: 4096,
  memoryMiB: 30 * 1024,
  /** for tables, and what DuckDB spills */
  temporaryGiB: 100,
} as const;

/** Sixteen times what a function may take. Whoever has a table that takes longer has one that Algorithm 1 is not for. */
export const CONTAINER_TIMEOUT = Duration.hours(4);

/** How long Step Functions waits for S3 to take a payload. */
export const HAND_OVER_TIMEOUT = Duration.seconds(30);

/** The longest that one try in a container takes, with all tries to hand over its payload: 4 h + 6 x 30 s + 31 s. */
export function longestContainerTry(): Duration {
  const handOver = (1 + SERVICE_RETRY.maxAttempts) * HAND_OVER_TIMEOUT.toSeconds() + longestWait(SERVICE_RETRY);
  return CONTAINER_TIMEOUT.plus(Duration.seconds(handOver));
}
