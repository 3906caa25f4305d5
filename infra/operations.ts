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
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
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
  /**
   * Where people find docs/runbook.md, to whose sections alarms link.
   *
   * @default none: alarms name the file and its section
   */
  readonly runbook?: string;
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

/** What an alarm says by itself, to somebody who has nothing else at hand: what happened, where to look, what to do. */
const DESCRIPTIONS = {
  runFailed:
    'A run failed, and published nothing. Why is in the error and cause of its execution, and in ' +
    '<output>/runs/<execution>/record-failure/manifest.json: nearly always a fault of the table or of its settings, which ' +
    'the message names. Mend it and upload the table again.',
  runTimedOut:
    'A run took too long, nearly always because it compares in hundreds of folds. Ask for fewer folds, repeats, strategies ' +
    'or ratios in its settings (evaluation), and start it again.',
  throttled:
    'Step Functions slows executions down, for the account makes more state transitions than its quota allows. Nothing is ' +
    'lost. Upload in smaller portions, lower batchConcurrency, or ask for a higher quota.',
  batchFailed:
    'A whole batch failed, which tables that fail do not bring about. Why is in the error and cause of its execution: mend ' +
    'that and start it again with the same input. Unless that asks for all, it skips what is rebalanced already.',
  batchTimedOut:
    'A batch took longer than a week. Start it again with the same input: unless that asks for all, it skips what is ' +
    'rebalanced already.',
  startsLost:
    'The start of a run or a batch waits in the dead-letter queue, for two weeks at the most. Mend the reason, which the ' +
    'attributes of the message say, send its event to StartRun again, and delete the message.',
};

/** Alarms for what a person has to look at, each with what to do and where more of it is, and a dashboard. */
export class Operations extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { stateMachine, batchStateMachine, deadLetterQueue } = props;
    const alarm = (name: string, metric: Metric, what: string, section: string) =>
      this.#alarm(name, metric, `${what} More: ${whereToRead(props.runbook, section)}`, props.notifications);
    this.alarms = [
      alarm('RunFailed', stateMachine.metricFailed(COUNT), DESCRIPTIONS.runFailed, 'a-run-failed'),
      alarm('RunTimedOut', stateMachine.metricTimedOut(COUNT), DESCRIPTIONS.runTimedOut, 'a-run-timed-out'),
      alarm('RunsThrottled', stateMachine.metricThrottled(COUNT), DESCRIPTIONS.throttled, 'runs-are-throttled'),
      alarm('BatchFailed', batchStateMachine.metricFailed(COUNT), DESCRIPTIONS.batchFailed, 'a-batch-failed'),
      alarm('BatchTimedOut', batchStateMachine.metricTimedOut(COUNT), DESCRIPTIONS.batchTimedOut, 'a-batch-failed'),
      alarm('BatchesThrottled', batchStateMachine.metricThrottled(COUNT), DESCRIPTIONS.throttled, 'runs-are-throttled'),
      alarm(
        'StartsLost',
        deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
        DESCRIPTIONS.startsLost,
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

  #dashboard(props: OperationsProps): void {
    const { stateMachine, batchStateMachine, deadLetterQueue, service } = props;
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
      new TextWidget({
        markdown: `# Counterpoise\nWhat alarms mean and what to do: ${whereToRead(props.runbook)}`,
        width: 24,
        height: 2,
      }),
    );
    dashboard.addWidgets(
      graph('Runs', executions(stateMachine)),
      graph('Batches', executions(batchStateMachine)),
      graph('Starts that were lost', [deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: PERIOD })]),
    );
    // Of all functions, also those that are not ours: it is these together that the account's quota is for.
    dashboard.addWidgets(
      new GraphWidget({
        title: 'All functions of the account: as many as ran at once, and refused ones',
        left: [LambdaFunction.metricAllConcurrentExecutions({ period: PERIOD, statistic: Stats.MAXIMUM })],
        right: [LambdaFunction.metricAllThrottles(COUNT)],
        width: 24,
        height: 6,
      }),
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

/** @param section of the runbook, as a link names it. @default all of it */
function whereToRead(runbook: string | undefined, section?: string): string {
  const anchor = section ? `#${section}` : '';
  return runbook ? `${runbook}${anchor}` : `docs/runbook.md${anchor} in the package counterpoise`;
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
