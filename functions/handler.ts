import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { openStore } from '../storage/open-store.ts';
import { invokeStep, type Step } from './step.ts';

const SERVICE = 'counterpoise';
const METRICS_NAMESPACE = 'Counterpoise';

/**
 * The Lambda handler of a step. It holds no logic: the event is the step's payload, the answer its result. Errors pass
 * through with their names, by which the state machine knows which of them to retry, and are logged on their way.
 *
 * @param store one for all invocations of a container; by default it is opened while Lambda starts the container
 */
export function createHandler<Payload, Result extends object>(
  step: Step<Payload, Result>,
  store: DatasetStore = openStore(),
): MiddyfiedHandler<unknown, Result & { durationMs: number }> {
  const logger = new Logger({ serviceName: SERVICE, persistentKeys: { state: step.state } });
  const tracer = new Tracer({ serviceName: SERVICE });
  const metrics = new Metrics({
    namespace: METRICS_NAMESPACE,
    serviceName: SERVICE,
    defaultDimensions: { state: step.state },
  });
  return middy<unknown, Result & { durationMs: number }>()
    .use(captureLambdaHandler(tracer))
    .use(injectLambdaContext(logger, { flushBufferOnUncaughtError: true }))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .handler(async (event) => {
      const result = await invokeStep(step, event, { store }, () => performance.now());
      metrics.addMetric('StepDuration', MetricUnit.Milliseconds, result.durationMs);
      return result;
    });
}
