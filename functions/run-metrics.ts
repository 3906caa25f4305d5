import { RUN_METRICS, STEP_METRICS } from '../contracts/environment.ts';
import { STATES, type StateName } from '../contracts/states.ts';
import type { ClassCounts, Workflow } from '../contracts/workflow.ts';

export interface RunMetric {
  readonly name: string;
  readonly unit: 'Count' | 'None' | 'Milliseconds';
  readonly value: number;
}

/** Lambda's own variable: the memory of the function, in MiB. */
const FUNCTION_MEMORY = 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE';

/** What is measured of a run, by the state whose result tells it. */
const METRICS: Partial<Record<StateName, (result: never) => RunMetric[]>> = {
  [STATES.prepareDataset]: ({ counts: { read, train } }: Workflow['prepared']) => [
    { name: RUN_METRICS.rowsIn, unit: 'Count', value: read.majority + read.minority },
    { name: RUN_METRICS.minorityShareBefore, unit: 'None', value: minorityShare(train) },
  ],
  [STATES.selectRows]: ({ newFeatureRows }: Workflow['selected']) => [
    { name: RUN_METRICS.newFeatureRows, unit: 'Count', value: newFeatureRows },
  ],
  [STATES.fitModel]: ({ counts }: Workflow['model']) => [
    { name: RUN_METRICS.minorityShareAfter, unit: 'None', value: minorityShare(counts) },
  ],
  [STATES.evaluateResult]: ({ observed, published }: Workflow['evaluation']) =>
    observed.recall === null || published.recall === null
      ? []
      : [{ name: RUN_METRICS.recallLift, unit: 'None', value: published.recall - observed.recall }],
};

/**
 * The metrics that a state's function counts beside its own duration. Shares are of [0, 1], of the training rows as they were
 * and as they are published, by whichever strategy; the lift is the published model's recall minus that of the learner
 * trained on observed rows, on the test rows. Gigabyte-seconds are those of the step
 * itself: loading the function is not in them, nor are tries that failed; outside Lambda there are none.
 *
 * @param now milliseconds since 1970, when the state has ended
 */
export function metricsOf(
  state: StateName,
  payload: unknown,
  result: object & { readonly durationMs: number },
  now: number,
): RunMetric[] {
  return [...ofTheRun(state, payload, result, now), ...gigabyteSeconds(result.durationMs)];
}

function ofTheRun(state: StateName, payload: unknown, result: object, now: number): RunMetric[] {
  if (state === STATES.publishDataset) return [runDuration((payload as Workflow).execution.startedAt, now)];
  return METRICS[state]?.(result as never) ?? [];
}

function gigabyteSeconds(durationMs: number): RunMetric[] {
  const memoryMiB = process.env[FUNCTION_MEMORY];
  if (!memoryMiB) return [];
  return [
    { name: STEP_METRICS.gigabyteSeconds, unit: 'None', value: (Number(memoryMiB) / 1024) * (durationMs / 1000) },
  ];
}

function runDuration(startedAt: string, now: number): RunMetric {
  return { name: RUN_METRICS.runDuration, unit: 'Milliseconds', value: now - Date.parse(startedAt) };
}

function minorityShare({ majority, minority }: ClassCounts): number {
  return minority / (majority + minority);
}
