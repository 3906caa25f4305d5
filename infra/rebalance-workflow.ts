import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  Errors,
  Fail,
  JsonPath,
  LogLevel,
  Parallel,
  StateMachine,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { RETRY, RETRYABLE_ERRORS } from '../contracts/retries.ts';
import { CONTROL_STATES, STATES, type StateName } from '../contracts/states.ts';
import { acknowledgeStateMachine } from './acknowledgements.ts';
import { executionTimeout, taskTimeout } from './step-sizes.ts';

export type FunctionsByState = Readonly<Record<StateName, IFunction>>;

export interface RebalanceWorkflowProps {
  /** one function for each state: bundled Lambdas where it is deployed, placeholders where only the definition counts */
  readonly functions: FunctionsByState;
}

/** Where a failed state leaves why, for RecordFailure and RunFailed. */
const FAILURE_PATH = '$.failure';

/** `$$` of the execution: its name is the run's, and the only clock that steps are told. */
const EXECUTION = {
  id: JsonPath.stringAt('$$.Execution.Name'),
  startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
};

/**
 * Algorithm 1 as a state machine. What travels through it is the one workflow object of contracts/workflow.ts: each
 * state is given all of it, picks its part, and adds its result under its own key. Rows stay in the store.
 */
export class RebalanceWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  readonly #functions: FunctionsByState;
  readonly #recordFailure: LambdaInvoke;

  constructor(scope: Construct, id: string, props: RebalanceWorkflowProps) {
    super(scope, id);
    this.#functions = props.functions;
    this.#recordFailure = this.#failurePath();

    const resolveRequest = this.#caught(
      // Its result is the workflow object. (No ResultPath: the local engine takes an explicit `$` for the name of a key.)
      this.#task(STATES.resolveRequest, {
        comment: 'Whatever started the run becomes a request with every default filled in',
        payload: TaskInput.fromObject({ execution: EXECUTION, start: JsonPath.entirePayload }),
      }),
    );
    const definition = resolveRequest
      .next(this.#step(STATES.prepareDataset, '$.prepared', 'Read, understand and split the table'))
      .next(this.#trainBoth())
      .next(this.#step(STATES.selectRows, '$.selected', 'Line 4: keep what the discriminator calls majority'))
      .next(this.#step(STATES.mergeRows, '$.merged', 'Line 5: observed and new-feature rows together'))
      .next(this.#step(STATES.undersampleMajority, '$.undersampled', 'Line 6: under-sample the majority'))
      .next(this.#step(STATES.evaluateResult, '$.evaluation', 'What it did to the untouched test rows'))
      .next(this.#step(STATES.publishDataset, '$.published', 'The outputs, and the manifest last'));

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'Counterpoise: rebalances an imbalanced table (Algorithm 1)',
      definitionBody: DefinitionBody.fromChainable(definition),
      timeout: executionTimeout(),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // What travels is references, counts and seeds: no rows.
        includeExecutionData: true,
      },
    });
    acknowledgeStateMachine(this.stateMachine, Object.values(props.functions));
  }

  /**
   * Lines 1 to 3, the two branches side by side. A Catch cannot lead out of a branch, so its states only retry, and the
   * Parallel catches for both; then the other branch is stopped. (Emulators of Step Functions that ignore Catch on a
   * Parallel end such a run without its record.)
   */
  #trainBoth(): Parallel {
    const generator = this.#task(STATES.trainGenerator, {
      comment: 'Line 1: noise in, minority rows out',
      resultPath: '$.generator',
    }).next(this.#task(STATES.generateRows, { comment: 'Line 2: rows from fresh noise', resultPath: '$.generated' }));
    const discriminator = this.#task(STATES.trainDiscriminator, {
      comment: 'Line 3: the downstream learner, on observed rows only',
      resultPath: '$.discriminator',
    });
    const both = Parallel.jsonPath(this, CONTROL_STATES.trainBoth, {
      comment: 'The generator and the discriminator know nothing of each other',
      // Both branches end with all they were given and what they added: one workflow object again.
      resultSelector: {
        execution: JsonPath.objectAt('$[0].execution'),
        request: JsonPath.objectAt('$[0].request'),
        prepared: JsonPath.objectAt('$[0].prepared'),
        generator: JsonPath.objectAt('$[0].generator'),
        generated: JsonPath.objectAt('$[0].generated'),
        discriminator: JsonPath.objectAt('$[1].discriminator'),
      },
    })
      .branch(generator)
      .branch(discriminator);
    return this.#caught(both);
  }

  /**
   * RecordFailure writes down why, and puts it in words (a Lambda's cause is JSON). Should that fail too, the run still
   * ends with what failed first.
   */
  #failurePath(): LambdaInvoke {
    const runFailed = Fail.jsonPath(this, CONTROL_STATES.runFailed, {
      comment: 'Why is in the error and its cause, and in the record',
      errorPath: `${FAILURE_PATH}.Error`,
      causePath: `${FAILURE_PATH}.Cause`,
    });
    const recordFailure = this.#task(STATES.recordFailure, {
      comment: 'Writes down why, so that it is found where the outputs would have been',
      payload: TaskInput.fromObject({ execution: EXECUTION, workflow: JsonPath.entirePayload }),
      resultPath: FAILURE_PATH,
    });
    recordFailure.addCatch(runFailed, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
    recordFailure.next(runFailed);
    return recordFailure;
  }

  #step(state: StateName, resultPath: string, comment: string): LambdaInvoke {
    return this.#caught(this.#task(state, { comment, resultPath }));
  }

  #task(
    state: StateName,
    props: { readonly comment: string; readonly resultPath?: string; readonly payload?: TaskInput },
  ): LambdaInvoke {
    const task = LambdaInvoke.jsonPath(this, state, {
      ...props,
      lambdaFunction: this.#functions[state],
      payloadResponseOnly: true,
      // Ours instead of CDK's, which lacks Lambda.TooManyRequestsException.
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(taskTimeout(state)),
    });
    task.addRetry({
      errors: [...RETRYABLE_ERRORS],
      interval: Duration.seconds(RETRY.intervalSeconds),
      maxAttempts: RETRY.maxAttempts,
      backoffRate: RETRY.backoffRate,
    });
    return task;
  }

  #caught<S extends LambdaInvoke | Parallel>(state: S): S {
    state.addCatch(this.#recordFailure, { errors: [Errors.ALL], resultPath: FAILURE_PATH });
    return state;
  }
}
