import { StepStoppedError, StoreUnavailableError } from './errors.ts';

/**
 * Errors after which the same step may well succeed. Everything else is a fault of the request, the data or the code, and
 * trying again would only tell the user later. The Lambda errors are the service's own.
 */
export const RETRYABLE_ERRORS: readonly string[] = [
  StoreUnavailableError.name,
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
];

/**
 * The account runs as many functions as it may at the moment, which passes when others end; or the function is not ready:
 * it was deployed or changed just now, or Lambda took the network interfaces of one in a VPC away, as none had been wanted
 * for weeks, and makes new ones, which takes about a minute. CDK's default retry lacks all of them.
 */
export const NO_ROOM_ERRORS: readonly string[] = [
  'Lambda.TooManyRequestsException',
  'Lambda.ResourceNotReadyException',
  'Lambda.ENINotReadyException',
  'Lambda.ResourceConflictException',
];

/** ... of a step in a container: one that ends without a word (or never starts) is missed by its heartbeat. */
export const RETRYABLE_CONTAINER_ERRORS: readonly string[] = [
  StoreUnavailableError.name,
  StepStoppedError.name,
  'ECS.ServerException',
  'ECS.SdkClientException',
  'States.HeartbeatTimeout',
];

/**
 * What ECS answers, among other things, where Fargate has no room, or the account runs as many vCPUs as it may. The second
 * is Step Functions' name for an answer that went well by itself but says that no container was started.
 */
export const NO_CONTAINER_ROOM_ERRORS: readonly string[] = ['ECS.AmazonECSException', 'AmazonECS.Unknown'];

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
  /** where no wait is to be longer, however often it was tried */
  readonly maxDelaySeconds?: number;
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

/**
 * For a function, or a container, for which there is no room, or that is not ready: a comparison wants ten at once, a batch of five runs fifty,
 * and a new account may run ten functions in all. Waits drawn from [0, 2], [0, 4], ... [0, 32] and then fourteen times from
 * [0, 60] s: at most 2 + 4 + 8 + 16 + 32 + 14 x 60 = 902 s, on average half of that. So long a function may run at the most
 * (900 s): a place that was taken when the first try was refused has become free by the last one's time.
 */
export const ROOM_RETRY: RetryPolicy = { intervalSeconds: 2, maxAttempts: 19, backoffRate: 2, maxDelaySeconds: 60 };

/** The longest that the waits of a policy take together: min(i b^n, m) for n from 0 to the last try but one, in seconds. */
export function longestWait(policy: RetryPolicy): number {
  const { intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds = Number.POSITIVE_INFINITY } = policy;
  const waits = Array.from({ length: maxAttempts }, (_, n) =>
    Math.min(intervalSeconds * backoffRate ** n, maxDelaySeconds),
  );
  return waits.reduce((a, b) => a + b, 0);
}
