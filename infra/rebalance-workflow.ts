import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  type Chain,
  DefinitionBody,
  Errors,
  Fail,
  JsonPath,
  Parallel,
  Pass,
  StateMachine,
  Map as StepFunctionsMap,
  TaskInput,
  type TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENT_TYPES } from '../contracts/outgoing-events.ts';
import { SERVICE_RETRY } from '../contracts/retries.ts';
import { ANNOUNCEMENT_STATES, CONTROL_STATES, STATES, type StateName } from '../contracts/states.ts';
import { acknowledgeStateMachine } from './acknowledgements.ts';
import type { FargateSteps } from './fargate-steps.ts';
import type { ContainerPlace } from './fargate-tasks.ts';
import { RUN_RESULT } from './run-result.ts';
import { placeStep } from './step-placement.ts';
import { ANNOUNCEMENT_TIMEOUT, COMPARED_AT_ONCE, executionTimeout, taskTimeout } from './step-sizes.ts';
import { machineLogs, retryFunction, retryOf } from './workflow-parts.ts';

/** None for a step that always runs in a container. */
export type FunctionsByState = Readonly<Partial<Record<StateName, IFunction>>>;

export interface RebalanceWorkflowProps {
  /** one function for each state: bundled Lambdas where it is deployed, placeholders where only the definition counts */
  readonly functions: FunctionsByState;

  /**
   * The steps that run in containers, at least at times.
   *
   * @default none
   */
  readonly containers?: FargateSteps;

  /**
   * Of the state machine's logs.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
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

  /** The longest that an execution may take. */
  readonly timeout: Duration;

  readonly #functions: FunctionsByState;
  readonly #places: ReadonlyMap<StateName, ContainerPlace>;
  readonly #runFailed: Fail;
  readonly #recordFailure: LambdaInvoke;

  constructor(scope: Construct, id: string, props: RebalanceWorkflowProps) {
    super(scope, id);
    this.#functions = props.functions;
    this.#places = props.containers?.places ?? new Map();
    this.timeout = executionTimeout([...this.#places.keys()]);
    this.#runFailed = Fail.jsonPath(this, CONTROL_STATES.runFailed, {
      comment: 'Why is in the error and its cause, and in the record',
      errorPath: `${FAILURE_PATH}.Error`,
      causePath: `${FAILURE_PATH}.Cause`,
    });
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
      .next(this.#step(STATES.planComparison, '$.planned', 'Deal the training rows into folds'))
      .next(this.#compareStrategies())
      .next(this.#step(STATES.fitModel, '$.model', 'Compare, choose, and fit what is published'))
      .next(this.#step(STATES.evaluateResult, '$.evaluation', 'What it did to the untouched test rows'))
      .next(this.#step(STATES.writeReport, '$.report', 'What it all means, for people and for programs'))
      .next(this.#step(STATES.publishDataset, '$.published', 'The outputs, and the manifest last'))
      .next(this.#describeResult())
      .next(this.#announceResult());

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'Counterpoise: rebalances an imbalanced table (Algorithm 1)',
      definitionBody: DefinitionBody.fromChainable(definition),
      timeout: this.timeout,
      tracingEnabled: true,
      logs: machineLogs(this, props.logRetention),
    });
    acknowledgeStateMachine(this.stateMachine, Object.values(props.functions));
    props.containers?.connect(this.stateMachine);
  }

  /**
   * Lines 1 to 3, the two branches side by side. A Catch cannot lead out of a branch, so its states only retry, and the
   * Parallel catches for both; then the other branch is stopped. (Emulators of Step Functions that ignore Catch on a
   * Parallel end such a run without its record.)
   */
  #trainBoth(): Parallel {
    const generator = this.#placed(STATES.trainGenerator, {
      comment: 'Line 1: noise in, minority rows out',
      resultPath: '$.generator',
    }).next(this.#placed(STATES.generateRows, { comment: 'Line 2: rows from fresh noise', resultPath: '$.generated' }));
    const discriminator = this.#placed(STATES.trainDiscriminator, {
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
   * Every strategy on every fold, side by side. Each writes its own file, so that nothing comes back that could outgrow the
   * payload. As with the Parallel, the task retries and the Map catches.
   */
  #compareStrategies(): StepFunctionsMap {
    const evaluateFold = this.#placed(STATES.evaluateFold, {
      comment: 'One strategy: trained on the other folds, judged on this one',
    });
    const each = StepFunctionsMap.jsonPath(this, CONTROL_STATES.compareStrategies, {
      comment: 'The answers to imbalance side by side, on rows that were never resampled',
      itemsPath: '$.planned.items',
      itemSelector: {
        execution: JsonPath.objectAt('$.execution'),
        request: JsonPath.objectAt('$.request'),
        prepared: JsonPath.objectAt('$.prepared'),
        compared: JsonPath.objectAt('$.planned.compared'),
        item: JsonPath.objectAt('$$.Map.Item.Value'),
      },
      maxConcurrency: COMPARED_AT_ONCE,
      resultPath: JsonPath.DISCARD,
    });
    each.itemProcessor(evaluateFold);
    return this.#caught(each);
  }

  /**
   * RecordFailure writes down why, and puts it in words (a Lambda's cause is JSON); then it is announced. Should either fail
   * too, the run still ends with what failed first.
   */
  #failurePath(): LambdaInvoke {
    const recordFailure = this.#task(STATES.recordFailure, {
      comment: 'Writes down why, so that it is found where the outputs would have been',
      payload: TaskInput.fromObject({ execution: EXECUTION, workflow: JsonPath.entirePayload }),
      resultPath: FAILURE_PATH,
    });
    const announceFailure = this.#announcement(ANNOUNCEMENT_STATES.announceFailure, {
      comment: 'Tells whoever waits for the table, or watches over the runs',
      type: EVENT_TYPES.failed,
      detail: TaskInput.fromObject({ execution: EXECUTION, failure: JsonPath.objectAt(FAILURE_PATH) }),
    });
    recordFailure.addCatch(announceFailure, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
    announceFailure.addCatch(this.#runFailed, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
    recordFailure.next(announceFailure).next(this.#runFailed);
    return recordFailure;
  }

  /** What the execution ends with, and its event says: the workflow object has references that mean nothing outside. */
  #describeResult(): Pass {
    return Pass.jsonPath(this, CONTROL_STATES.describeResult, {
      comment: 'References, counts and scores: the output of the execution',
      parameters: RUN_RESULT,
    });
  }

  /**
   * The outputs are published by now, so nothing is recorded as failed where the event cannot be put; but the execution
   * fails, for somebody waits for the event. (Started again with the same request, it publishes the same bytes.)
   */
  #announceResult(): EventBridgePutEvents {
    const announceResult = this.#announcement(ANNOUNCEMENT_STATES.announceResult, {
      comment: 'Tells the next stage that the outputs are there',
      type: EVENT_TYPES.rebalanced,
      detail: TaskInput.fromJsonPathAt('$'),
    });
    announceResult.addCatch(this.#runFailed, { errors: [Errors.ALL], resultPath: FAILURE_PATH });
    return announceResult;
  }

  #announcement(
    name: string,
    props: { readonly comment: string; readonly type: string; readonly detail: TaskInput },
  ): EventBridgePutEvents {
    const { comment, type, detail } = props;
    const task = EventBridgePutEvents.jsonPath(this, name, {
      comment,
      entries: [{ source: EVENT_SOURCE, detailType: type, detail }],
      resultPath: JsonPath.DISCARD,
      taskTimeout: Timeout.duration(ANNOUNCEMENT_TIMEOUT),
    });
    task.addRetry(retryOf(SERVICE_RETRY, [Errors.ALL]));
    return task;
  }

  #step(state: StateName, resultPath: string, comment: string): Chain {
    return this.#placed(state, { comment, resultPath }, (task) => this.#caught(task));
  }

  /** A step that runs in its function or in a container. @param protect adds the Catch, where one may lead out */
  #placed(
    state: StateName,
    props: { readonly comment: string; readonly resultPath?: string },
    protect: (task: TaskStateBase) => void = () => {},
  ): Chain {
    const inFunction = () => this.#task(state, props);
    const { resultPath } = props;
    return placeStep(this, state, {
      place: this.#places.get(state),
      inFunction,
      protect,
      ...(resultPath === undefined ? {} : { resultPath }),
    });
  }

  #task(
    state: StateName,
    props: { readonly comment: string; readonly resultPath?: string; readonly payload?: TaskInput },
  ): LambdaInvoke {
    const lambdaFunction = this.#functions[state];
    if (!lambdaFunction) throw new Error(`functions: found none of ${state}, needed one`);
    const task = LambdaInvoke.jsonPath(this, state, {
      ...props,
      lambdaFunction,
      payloadResponseOnly: true,
      // Ours instead of CDK's.
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(taskTimeout(state)),
    });
    return retryFunction(task);
  }

  #caught<S extends TaskStateBase | Parallel | StepFunctionsMap>(state: S): S {
    state.addCatch(this.#recordFailure, { errors: [Errors.ALL], resultPath: FAILURE_PATH });
    return state;
  }
}
