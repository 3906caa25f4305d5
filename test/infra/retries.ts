import { RETRY, type RetryPolicy, ROOM_RETRY } from '../../contracts/retries.ts';

/** A Retry of a state that waits for a place among the functions or containers of the account. */
export function waitsForRoom(errors: readonly string[]): object {
  return retrier(ROOM_RETRY, errors);
}

/** ... that tries again what may have passed in a moment. */
export function triesAgain(errors: readonly string[]): object {
  return retrier(RETRY, errors);
}

function retrier(policy: RetryPolicy, errors: readonly string[]): object {
  const { intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds } = policy;
  return {
    ErrorEquals: errors,
    IntervalSeconds: intervalSeconds,
    MaxAttempts: maxAttempts,
    BackoffRate: backoffRate,
    ...(maxDelaySeconds === undefined ? {} : { MaxDelaySeconds: maxDelaySeconds }),
    JitterStrategy: 'FULL',
  };
}
