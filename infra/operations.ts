import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  type MetricOptions,
  Stats,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE, RUN_METRICS, STEP_METRICS } from '../contracts/environment.ts';
import { HAPPY_PATH, MAPPED_STATE, STATES, type StateName } from '../contracts/states.ts';

export interface OperationsProps {
  readonly stateMachine: StateMachine;
  readonly batchStateMachine: StateMachine;
  readonly deadLetterQueue: IQueue;
  /** the dimension of the functions' metrics */
  readonly service: string;
  /** where people find what an alarm means; its sections are linked to */
  readonly runbook: string;
  /** told of every alarm */
  readonly notifications?: ITopic;
}

const PERIOD = Duration.minutes(5);
const COUNT: MetricOptions = { period: PERIOD, statistic: Stats.SUM };

/** Long enough for a run to lie within one period, so that the steps of a run are added up and not drawn one by one. */
const COST_PERIOD = Duration.days(1);

/**
 * US dollars, in US East (N. Virginia), x86-64, without the free tier: docs/deploying.md has the sources. Other regions and
 * arm64 have other prices.
 */
const PRICES = { gigabyteSecond: 0.00001667, stateTransition: 0.025 / 1000 };

/** The steps but for the folds, the Parallel and the Map around some of them, the result in short, and its announcement. */
const TRANSITIONS = HAPPY_PATH.length - 1 + 4;

/** Alarms for what a person has to look at, each with a link to what to do, and a dashboard. */
export class Operations extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { stateMachine, batchStateMachine, deadLetterQueue } = props;
    const alarm = (name: string, metric: Metric, what: string, section: string) =>
      this.#alarm(name, metric, `${what} What to do: ${props.runbook}#${section}`, props.notifications);
    this.alarms = [
      alarm('RunFailed', stateMachine.metricFailed(COUNT), 'A run failed.', 'a-run-failed'),
      alarm('RunTimedOut', stateMachine.metricTimedOut(COUNT), 'A run took too long.', 'a-run-timed-out'),
      alarm('RunsThrottled', stateMachine.metricThrottled(COUNT), 'Step Functions slows runs.', 'runs-are-throttled'),
      alarm('BatchFailed', batchStateMachine.metricFailed(COUNT), 'A whole batch failed.', 'a-batch-failed'),
      alarm('BatchTimedOut', batchStateMachine.metricTimedOut(COUNT), 'A batch took too long.', 'a-batch-failed'),
      alarm(
        'StartsLost',
        deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
        'The start of a run or a batch waits in the dead-letter queue.',
        'a-start-was-lost',
      ),
    ];
    this.#dashboard(props);
  }

  #alarm(name: string, metric: Metric, description: string, topic: ITopic | undefined): Alarm {
    const alarm = new Alarm(this, name, {
      metric,
      alarmDescription: `Counterpoise: ${description}`,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // These metrics exist only while something happens.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topic) alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }

  #dashboard({ stateMachine, batchStateMachine, deadLetterQueue, service, runbook }: OperationsProps): void {
    const measured = (metricName: string, state: StateName, options: MetricOptions = {}) =>
      new Metric({
        namespace: METRICS_NAMESPACE,
        metricName,
        dimensionsMap: { service, state },
        period: PERIOD,
        statistic: Stats.AVERAGE,
        ...options,
      });
    const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
      new GraphWidget({ title, left, right, width: 8, height: 6 });
    const executions = (machine: StateMachine) => [
      machine.metricStarted(COUNT),
      machine.metricSucceeded(COUNT),
      machine.metricFailed(COUNT),
      machine.metricTimedOut(COUNT),
      machine.metricThrottled(COUNT),
    ];
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(7) });
    dashboard.addWidgets(
      new TextWidget({ markdown: `# Counterpoise\nWhat alarms mean and what to do: ${runbook}`, width: 24, height: 2 }),
    );
    dashboard.addWidgets(
      graph('Runs', executions(stateMachine)),
      graph('Batches', executions(batchStateMachine)),
      graph('Starts that were lost', [deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: PERIOD })]),
    );
    dashboard.addWidgets(
      graph(
        'Rows',
        [measured(RUN_METRICS.rowsIn, STATES.prepareDataset)],
        [measured(RUN_METRICS.newFeatureRows, STATES.selectRows)],
      ),
      graph('Share of the minority', [
        measured(RUN_METRICS.minorityShareBefore, STATES.prepareDataset),
        measured(RUN_METRICS.minorityShareAfter, STATES.fitModel),
      ]),
      graph('Recall of what is published, less recall before', [
        measured(RUN_METRICS.recallLift, STATES.evaluateResult),
      ]),
    );
    dashboard.addWidgets(
      graph('Duration of runs', [
        measured(RUN_METRICS.runDuration, STATES.publishDataset),
        measured(RUN_METRICS.runDuration, STATES.publishDataset, { statistic: Stats.MAXIMUM }),
      ]),
      new GraphWidget({
        title: 'Duration of steps',
        left: Object.values(STATES).map((state) => measured(STEP_METRICS.duration, state, { label: state })),
        width: 16,
        height: 6,
      }),
    );
    const ofADay = (metric: string, state: StateName, statistic: string) =>
      measured(metric, state, { label: state, period: COST_PERIOD, statistic });
    dashboard.addWidgets(
      graph('Cost of a run that went well, in US dollars: an estimate', [costOfRun(ofADay)]),
      new GraphWidget({
        title: 'Gigabyte-seconds of each day, by step',
        left: Object.values(STATES).map((state) => ofADay(STEP_METRICS.gigabyteSeconds, state, Stats.SUM)),
        stacked: true,
        width: 16,
        height: 6,
      }),
    );
  }
}

/**
 * What the runs of a day have cost, by the number of runs that published something. Loading functions, tries that failed,
 * storage, logs and metrics are not in it; what runs that failed have used up is.
 */
function costOfRun(ofADay: (metric: string, state: StateName, statistic: string) => Metric): MathExpression {
  const steps = HAPPY_PATH.map(
    (state, index) => [`step${index}`, ofADay(STEP_METRICS.gigabyteSeconds, state, Stats.SUM)] as const,
  );
  // Both are told by containers as well, which have no gigabyte-seconds.
  const counts = {
    runs: ofADay(RUN_METRICS.runDuration, STATES.publishDataset, Stats.SAMPLE_COUNT),
    folds: ofADay(STEP_METRICS.duration, MAPPED_STATE, Stats.SAMPLE_COUNT),
  };
  // A request may ask for no comparison: then there are no folds.
  const sum = steps.map(([id]) => `FILL(${id}, 0)`).join(' + ');
  return new MathExpression({
    expression:
      `${PRICES.gigabyteSecond} * (${sum}) / runs + ` +
      `(${TRANSITIONS} + FILL(folds, 0) / runs) * ${PRICES.stateTransition}`,
    usingMetrics: { ...Object.fromEntries(steps), ...counts },
    label: 'Functions and state transitions',
    period: COST_PERIOD,
  });
}
