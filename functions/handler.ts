import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import { ENVIRONMENT, METRICS_NAMESPACE, STEP_METRICS } from '../contracts/environment.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { openStore } from '../storage/open-store.ts';
import { metricsOf } from './run-metrics.ts';
import { invokeStep, type Step } from './step.ts';

const DEFAULT_SERVICE = 'counterpoise';

/** What a handler is given beside its event. */
export interface Instruments {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * A Lambda handler with structured logs, traces and metrics, all under the name of its state. Errors pass through with
 * their names, by which the state machine knows which of them to retry, and are logged on their way.
 */
export function instrument<Result>(
  state: string,
  handle: (event: unknown, instruments: Instruments) => Promise<Result>,
): MiddyfiedHandler<unknown, Result> {
  const serviceName = process.env[ENVIRONMENT.service] ?? DEFAULT_SERVICE;
  const logger = new Logger({ serviceName, persistentKeys: { state } });
  const tracer = new Tracer({ serviceName });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName, defaultDimensions: { state } });
  return middy<unknown, Result>()
    .use(captureLambdaHandler(tracer))
    .use(injectLambdaContext(logger, { flushBufferOnUncaughtError: true }))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .handler((event) => handle(event, { logger, metrics }));
}

/**
 * The Lambda handler of a step. It holds no logic: the event is the step's payload, the answer its result, and metrics are
 * counted of what the step returns.
 *
 * @param store one for all invocations of a container; by default it is opened while Lambda starts the container
 */
export function createHandler<Payload, Result extends object>(
  step: Step<Payload, Result>,
  store: DatasetStore = openStore(),
): MiddyfiedHandler<unknown, Result & { durationMs: number }> {
  return instrument(step.state, async (event, { metrics }) => {
    const result = await invokeStep(step, event, { store }, () => performance.now());
    metrics.addMetric(STEP_METRICS.duration, MetricUnit.Milliseconds, result.durationMs);
    for (const { name, unit, value } of metricsOf(step.state, event, result, Date.now())) {
      metrics.addMetric(name, MetricUnit[unit === 'None' ? 'NoUnit' : unit], value);
    }
    return result;
  });
}
