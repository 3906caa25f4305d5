import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { JitterType, LogLevel, type LogOptions, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { NO_ROOM_ERRORS, RETRY, RETRYABLE_ERRORS, type RetryPolicy, ROOM_RETRY } from '../contracts/retries.ts';

/** A policy of contracts/retries.ts, where its arithmetic is, as a state has it. */
export function retryOf(policy: RetryPolicy, errors: readonly string[]): RetryProps {
  return {
    errors: [...errors],
    interval: Duration.seconds(policy.intervalSeconds),
    maxAttempts: policy.maxAttempts,
    backoffRate: policy.backoffRate,
    jitterStrategy: JitterType.FULL,
    ...(policy.maxDelaySeconds === undefined ? {} : { maxDelay: Duration.seconds(policy.maxDelaySeconds) }),
  };
}

/** What is tried again of any function that a state machine invokes. */
export function retryFunction(task: LambdaInvoke): LambdaInvoke {
  task.addRetry(retryOf(ROOM_RETRY, NO_ROOM_ERRORS));
  task.addRetry(retryOf(RETRY, RETRYABLE_ERRORS));
  return task;
}

/**
 * Below it, log groups are not entered one by one into the resource policy by which Step Functions delivers logs: that ends
 * at 5,120 characters, for all state machines of the account in a region.
 */
const DELIVERED_LOGS = '/aws/vendedlogs/states/';
/** Of the 512 characters that the name of a log group may have. */
const LONGEST_LOG_NAME = 200;

/**
 * Of a state machine. What travels through ours is references, counts and seeds, no rows: so all of it is logged. The name
 * begins with the stack's, which no other in the account and region has.
 */
export function machineLogs(scope: Construct, retention = RetentionDays.ONE_MONTH): LogOptions {
  const name = Names.uniqueResourceName(scope, { maxLength: LONGEST_LOG_NAME, separator: '-' });
  return {
    destination: new LogGroup(scope, 'Logs', {
      logGroupName: `${DELIVERED_LOGS}${name}`,
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
    level: LogLevel.ALL,
    includeExecutionData: true,
  };
}
