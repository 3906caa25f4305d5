import { Duration, Token } from 'aws-cdk-lib';
import { Schedule, type ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BATCH_STATES, type BatchRequest, parseBatchRequest } from '../contracts/batch.ts';
import { BatchWorkflow } from './batch-workflow.ts';
import { CounterpoiseFunction, type FunctionSettings } from './counterpoise-function.ts';
import { OTHER_ACCESS } from './step-access.ts';
import { BATCH_BOOKKEEPING } from './step-sizes.ts';

/** When batches start, and what they are asked to do. */
export interface BatchSchedule extends BatchRequest {
  /** `ScheduleExpression.cron({ hour: '2', minute: '0', timeZone: TimeZone.EUROPE_BERLIN })`, for example */
  readonly expression: ScheduleExpression;

  /**
   * Where the tables lie: `incoming/` or a folder below it, with `/` at its end.
   *
   * @default 'incoming/'
   */
  readonly prefix?: string;

  /**
   * Tables that are new or changed since a batch last rebalanced them, or all.
   *
   * @default 'changed'
   */
  readonly select?: 'changed' | 'all';

  /**
   * How much later than asked for a batch may start, so that not everybody's does at the full hour.
   *
   * @default it starts at the asked time
   */
  readonly flexibleWindow?: Duration;
}

export interface BatchProps extends FunctionSettings {
  readonly stateMachine: StateMachine;
  /** the longest that one run takes */
  readonly runTimeout: Duration;
  readonly deadLetterQueue: IQueue;
  /** settings, as JSON, of tables that have no settings file */
  readonly defaults: string;
  readonly concurrency?: number;
  readonly schedule?: BatchSchedule;
}

/** A start that is a day late would meet the next one. */
const HAND_OVER = { retryAttempts: 185, maxEventAge: Duration.hours(1) };

/** The batch state machine with its functions, and the schedule that starts it. */
export class Batch extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: BatchProps) {
    super(scope, id);
    const { stateMachine, runTimeout, deadLetterQueue, defaults, concurrency, schedule, ...settings } = props;
    const lambdaOf = (name: keyof typeof OTHER_ACCESS) =>
      new CounterpoiseFunction(this, name, {
        ...settings,
        name,
        size: BATCH_BOOKKEEPING,
        access: OTHER_ACCESS[name],
        environment: { bucket: settings.bucket.bucketName, defaults },
      }).lambda;
    this.stateMachine = new BatchWorkflow(this, 'Workflow', {
      stateMachine,
      runTimeout,
      listDatasets: lambdaOf(BATCH_STATES.listDatasets),
      summarizeBatch: lambdaOf(BATCH_STATES.summarize),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(settings.logRetention === undefined ? {} : { logRetention: settings.logRetention }),
    }).stateMachine;
    if (schedule) this.#scheduleIt(schedule, deadLetterQueue);
  }

  #scheduleIt({ expression, flexibleWindow, ...asked }: BatchSchedule, deadLetterQueue: IQueue): void {
    new Schedule(this, 'Schedule', {
      description: 'Counterpoise: rebalances the tables of a folder',
      schedule: checkExpression(expression),
      timeWindow: flexibleWindow ? TimeWindow.flexible(flexibleWindow) : TimeWindow.off(),
      // No placeholder of the scheduler's is used: the execution knows its own name and time.
      target: new StepFunctionsStartExecution(this.stateMachine, {
        input: ScheduleTargetInput.fromObject(parseBatchRequest(asked)),
        deadLetterQueue,
        ...HAND_OVER,
      }),
    });
  }
}

/** Found out here what the scheduler would refuse in the midst of a deployment. */
function checkExpression(expression: ScheduleExpression): ScheduleExpression {
  const { expressionString } = expression;
  if (Token.isUnresolved(expressionString) || /^(rate|cron|at)\(.+\)$/.test(expressionString)) return expression;
  throw new Error(
    `schedule: found ${expressionString}, needed rate(…), cron(…) or at(…), such as rate(1 day) or cron(0 2 * * ? *)`,
  );
}
