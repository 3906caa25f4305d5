import { StoreUnavailableError } from './errors.ts';

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

/** Waits of 1, 2 and 4 seconds, so at most 1 + 2 + 4 = 7 s between the first failure and the last try. */
export const RETRY = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 } as const;
