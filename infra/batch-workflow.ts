import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  Errors,
  IntegrationPattern,
  type IStateMachine,
  JsonPath,
  Map as MapState,
  Pass,
  StateMachine,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { BATCH_STATES } from '../contracts/batch.ts';
import { RETRYABLE_START_ERRORS, SERVICE_RETRY } from '../contracts/retries.ts';
import { acknowledgeBatchMachine } from './acknowledgements.ts';
import { BATCH_BOOKKEEPING, waitFor } from './step-sizes.ts';
import { machineLogs, retryFunction, retryOf } from './workflow-parts.ts';

export interface BatchWorkflowProps {
  /** what rebalances one table */
  readonly stateMachine: IStateMachine;
  /** the longest that one takes */
  readonly runTimeout: Duration;
  readonly listDatasets: IFunction;
  readonly summarizeBatch: IFunction;

  /**
   * Tables that are rebalanced at the same time.
   *
   * @default 5: each has at most ten functions running, so fifty of the thousand that an account may run at once; where it
   * may run fewer, they wait for one another
   */
  readonly concurrency?: number;

  /** @default RetentionDays.ONE_MONTH */
  readonly logRetention?: RetentionDays;
}

const DEFAULT_CONCURRENCY = 5;
/** As many iterations as Step Functions runs at once of a Map in the execution itself. 0 would be no limit of ours. */
const MOST_CONCURRENCY = 40;
/** A batch is of some hundred tables. One that takes longer than a week is stopped, and the next goes on. */
const BATCH_TIMEOUT = Duration.days(7);

const BATCH = {
  id: JsonPath.stringAt('$$.Execution.Name'),
  startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
};
const REQUEST = JsonPath.objectAt('$$.Execution.Input');

/** What is known of a table, however its run ends. */
const DATASET = {
  dataset: JsonPath.stringAt('$.dataset'),
  etag: JsonPath.stringAt('$.etag'),
  execution: JsonPath.stringAt('$.execution'),
};

/**
 * Rebalances the tables below a prefix, some at a time, each in an execution of its own: one that fails is written down
 * and does not stop the others. What a batch is asked, answers and writes is in contracts/batch.ts.
 */
export class BatchWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: BatchWorkflowProps) {
    super(scope, id);
    const definition = this.#task(BATCH_STATES.listDatasets, props.listDatasets, {
      comment: 'Which tables are new or changed, or all, and the settings of each',
      payload: TaskInput.fromObject({ batch: BATCH, request: REQUEST }),
    })
      .next(this.#rebalanceEach(props))
      .next(
        this.#task(BATCH_STATES.summarize, props.summarizeBatch, {
          comment: 'Writes down how each table fared',
          payload: TaskInput.fromObject({
            batch: BATCH,
            request: REQUEST,
            plan: {
              unchanged: JsonPath.numberAt('$.unchanged'),
              postponed: JsonPath.numberAt('$.postponed'),
            },
            outcomes: JsonPath.objectAt('$.outcomes'),
          }),
        }),
      );
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'Counterpoise: rebalances the tables of a folder',
      definitionBody: DefinitionBody.fromChainable(definition),
      timeout: BATCH_TIMEOUT,
      tracingEnabled: true,
      logs: machineLogs(this, props.logRetention),
    });
    acknowledgeBatchMachine(this.stateMachine, [props.listDatasets, props.summarizeBatch], props.stateMachine);
  }

  #rebalanceEach({ stateMachine, runTimeout, concurrency = DEFAULT_CONCURRENCY }: BatchWorkflowProps): MapState {
    const succeeded = Pass.jsonPath(this, BATCH_STATES.succeeded, {
      parameters: { ...DATASET, status: 'succeeded', manifest: JsonPath.stringAt('$.result.manifest') },
    });
    const failed = Pass.jsonPath(this, BATCH_STATES.failed, {
      comment: 'Why is in the record of the failure, which the summary quotes',
      parameters: { ...DATASET, status: 'failed', output: JsonPath.stringAt('$.output') },
    });
    const rebalance = StepFunctionsStartExecution.jsonPath(this, BATCH_STATES.rebalance, {
      comment: 'A run of its own, with a name that a second try does not start again',
      stateMachine,
      integrationPattern: IntegrationPattern.RUN_JOB,
      name: JsonPath.stringAt('$.execution'),
      input: TaskInput.fromJsonPathAt('$.start'),
      resultSelector: { manifest: JsonPath.stringAt('$.Output.outputs.manifest') },
      resultPath: '$.result',
      // The run has its own, shorter, timeout, and says more when that is over.
      taskTimeout: Timeout.duration(runTimeout.plus(Duration.minutes(5))),
    });
    rebalance.addRetry(retryOf(SERVICE_RETRY, RETRYABLE_START_ERRORS));
    rebalance.addCatch(failed, { errors: [Errors.ALL], resultPath: '$.failure' });
    const each = MapState.jsonPath(this, BATCH_STATES.eachDataset, {
      comment: 'Each with a Catch of its own',
      itemsPath: '$.items',
      maxConcurrency: checkConcurrency(concurrency),
      resultPath: '$.outcomes',
    });
    return each.itemProcessor(rebalance.next(succeeded));
  }

  #task(name: string, lambda: IFunction, props: { readonly comment: string; readonly payload: TaskInput }) {
    const task = LambdaInvoke.jsonPath(this, name, {
      ...props,
      lambdaFunction: lambda,
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(waitFor(BATCH_BOOKKEEPING)),
    });
    return retryFunction(task);
  }
}

function checkConcurrency(concurrency: number): number {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MOST_CONCURRENCY) return concurrency;
  throw new Error(
    `batchConcurrency: found ${concurrency}, needed a whole number from 1 to ${MOST_CONCURRENCY}, ` +
      'as many as Step Functions runs side by side',
  );
}
