import { StepStoppedError, StoreUnavailableError } from './errors.ts';

/**
 * Errors after which the same step may well succeed. Everything else is a fault of the request, the data or the code, and
 * trying again would only tell the user later. The Lambda errors are the service's own; CDK's default retry lacks
 * `Lambda.TooManyRequestsException`.
 */
export const RETRYABLE_ERRORS: readonly string[] = [
  StoreUnavailableError.name,
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

/**
 * ... of a step in a container: `ECS.AmazonECSException` is also what Fargate says that has no room at the moment, and a
 * container that ends without a word (or never starts) is missed by its heartbeat.
 */
export const RETRYABLE_CONTAINER_ERRORS: readonly string[] = [
  StoreUnavailableError.name,
  StepStoppedError.name,
  'ECS.AmazonECSException',
  'ECS.ServerException',
  'ECS.SdkClientException',
  'States.HeartbeatTimeout',
];

/**
 * After these, the start of a nested execution may well succeed: throttling, too many executions at once, faults of the
 * service. (Not after `States.TaskFailed`, which is what a run that failed looks like from outside.) The API's own name is
 * `ExecutionLimitExceeded`, and Step Functions' guide writes it so; the names of other refused starts arrive with
 * `Exception` at their end, so it is listed both ways.
 */
export const RETRYABLE_START_ERRORS: readonly string[] = [
  'StepFunctions.ExecutionLimitExceeded',
  'StepFunctions.ExecutionLimitExceededException',
  'StepFunctions.AWSStepFunctionsException',
  'StepFunctions.SdkClientException',
];

/** A task is tried again `maxAttempts` times. */
export interface RetryPolicy {
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
}

/**
 * Waits drawn from [0, 1], [0, 2] and [0, 4] seconds (full jitter, so that a batch that was throttled together does not
 * come back together): at most 1 + 2 + 4 = 7 s, on average 3.5 s, between the first failure and the last try.
 */
export const RETRY: RetryPolicy = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 };

/**
 * For calls of other services that cost nothing to repeat (an event, the start of a nested execution), after which all the
 * work would have been for nothing: waits drawn from [0, 1], [0, 2], ... [0, 16] s, at most 1 + 2 + 4 + 8 + 16 = 31 s.
 */
export const SERVICE_RETRY: RetryPolicy = { intervalSeconds: 1, maxAttempts: 5, backoffRate: 2 };

/** The longest that the waits of a policy take together: i_1 + i_1 b + ... + i_1 b^(n - 1), in seconds. */
export function longestWait({ intervalSeconds, maxAttempts, backoffRate }: RetryPolicy): number {
  return Array.from({ length: maxAttempts }, (_, n) => intervalSeconds * backoffRate ** n).reduce((a, b) => a + b, 0);
}
