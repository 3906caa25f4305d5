import { Duration, Names, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { parseRequest } from '../contracts/parse-request.ts';
import { type RequestDefaults, requestForTable } from '../contracts/start-event.ts';
import { acknowledgeDeadLetters } from './acknowledgements.ts';
import { Batch, type BatchSchedule } from './batch.ts';
import { DatasetBucket, sendEvents } from './dataset-bucket.ts';
import { FargateSteps } from './fargate-steps.ts';
import { checkRegion, checkSoleStarter } from './given-bucket.ts';
import { Operations } from './operations.ts';
import { RebalanceWorkflow } from './rebalance-workflow.ts';
import { callsOnly } from './security-group.ts';
import { type Compute, type ComputeByStep, stepsOnFargate } from './step-compute.ts';
import { createStepLambdas } from './step-lambdas.ts';
import { UploadTrigger } from './upload-trigger.ts';

export interface DatasetRebalancerProps {
  /**
   * The bucket that tables are read from (below `incoming/`) and written to (below `balanced/`), in the stack's region.
   * Uploads start runs if it sends its events to EventBridge. A bucket of this app is set up to do so, beside whatever other
   * notifications the app asks for; but both CloudFormation and CDK then replace notifications that another stack, or a
   * person, has set up on it. For such a bucket, switch its events on where its notifications are, and give it here as one
   * that is only referred to (`Bucket.fromBucketName`), which is left as it is. A lifecycle rule for objects with the tag
   * `counterpoise=run-artifact` expires what runs leave behind.
   *
   * @default a new one: private, encrypted, over TLS only, versioned, logged, with lifecycle rules
   */
  readonly bucket?: IBucket;

  /**
   * The key that the bucket is encrypted with; the functions are granted its use. A key of another account must allow
   * them itself.
   *
   * @default the key of the given bucket, if it has one; S3's own keys otherwise
   */
  readonly key?: IKey;

  /**
   * Whether an upload below `incoming/` starts a run. Where a schedule is to do so alone, `false`: a table that is uploaded
   * is new to the next batch, too, and would be rebalanced twice.
   *
   * @default true
   */
  readonly startOnUpload?: boolean;

  /**
   * When the new and changed tables of the bucket are rebalanced. Uploads start runs also without it, and `counterpoise
   * batch` starts a batch at any time.
   *
   * @default no schedule
   */
  readonly schedule?: BatchSchedule;

  /**
   * Tables that a batch rebalances at the same time, each with at most ten functions running: from 1 to 40.
   *
   * @default 5
   */
  readonly batchConcurrency?: number;

  /**
   * Settings of runs that an upload or a batch starts, for tables that have no `rebalance.json` of their own or of their
   * folder: a request without its table. At most 3,000 characters as JSON (an environment holds 4 KB).
   *
   * @default {} the defaults of the request
   */
  readonly defaults?: RequestDefaults;

  /**
   * A topic that is told of every alarm. For results and failures of single runs subscribe to the events
   * `DatasetRebalanced` and `RebalanceFailed` on the default event bus.
   *
   * @default alarms are only shown in CloudWatch
   */
  readonly notifications?: ITopic;

  /**
   * Where the people who get an alarm find docs/runbook.md, which comes with the package: the address of the page that you
   * publish it as, `https://wiki.example.com/counterpoise`, to whose sections alarms then link.
   *
   * @default none: alarms say in short what to do, and name the file
   */
  readonly runbook?: string;

  /**
   * How long logs of functions and state machines are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * How long a new bucket keeps what steps wrote for each other, and records of failures. Outputs are kept for good.
   *
   * @default Duration.days(30)
   */
  readonly artifactRetention?: Duration;

  /**
   * Of the Lambda functions.
   *
   * @default Architecture.X86_64
   */
  readonly architecture?: Architecture;

  /**
   * Where steps run, for all of them or by the name of each: `lambda`, in a function; `fargate`, in a container with three
   * times the memory and sixteen times the time of the largest function; or `auto`, in a function unless the table outgrows
   * it, by what PrepareDataset measures (which itself is tried in a function, and then in a container).
   *
   * The container's image is built by `cdk deploy`, which then needs Docker. docs/deploying.md has the limits and the costs.
   *
   * @default 'lambda': nothing of ECS is deployed
   */
  readonly compute?: Compute | ComputeByStep;

  /**
   * Puts the functions into the private subnets of a VPC, from where they must reach S3, Step Functions and X-Ray; and
   * containers, if there are any (see `compute`), which must also reach ECR and CloudWatch Logs. Nothing connects to them,
   * and they connect to port 443 only.
   *
   * @default no VPC for the functions: they reach nothing but these services anyway, by what they are granted. Containers
   * get a new one of public subnets, without a NAT gateway, to which nothing can connect
   */
  readonly vpc?: IVpc;

  /**
   * What becomes of a new bucket and all data in it when the construct is taken away. `DESTROY` is only heeded where the
   * app also has the context `@counterpoise/deleteData: true`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What starts runs of uploads, among the children: not there where uploads start none. */
const UPLOADS = 'Uploads';
/** Leaves room, in 4 KB, for the other variables of a function. */
const LONGEST_DEFAULTS = 3000;
const DEAD_LETTERS_KEPT = Duration.days(14);
/** By which Step Functions hears of the end of an execution that another one waits for. */
const NESTED_RUNS_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

/**
 * Rebalances imbalanced tables: those that are uploaded below `incoming/`, those that a schedule finds there, and those
 * that an execution of `stateMachine` is started with. Nothing has a name that another could have, so that several fit into
 * one stack.
 */
export class DatasetRebalancer extends Construct {
  /** Uploads go below `incoming/`, outputs below `balanced/`. */
  readonly bucket: IBucket;

  /** Its input is a request; its output is described in contracts/run-result.ts. */
  readonly stateMachine: StateMachine;

  /** Its input and output are described in contracts/batch.ts. */
  readonly batchStateMachine: StateMachine;

  /** Holds events of uploads and schedules that could not be dealt with. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: DatasetRebalancerProps = {}) {
    super(scope, id);
    const defaults = checkDefaults(props.defaults);
    const key = props.key ?? props.bucket?.encryptionKey;
    this.bucket =
      props.bucket ??
      new DatasetBucket(this, 'Datasets', {
        ...pick(props, 'removalPolicy', 'artifactRetention'),
        ...(key ? { key } : {}),
      }).bucket;
    checkRegion(this, this.bucket);
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: DEAD_LETTERS_KEPT,
    });
    acknowledgeDeadLetters(this.deadLetterQueue);

    const service = Names.uniqueResourceName(this, { maxLength: 64 });
    const settings = {
      bucket: this.bucket,
      service,
      ...(key ? { key } : {}),
      ...pick(props, 'architecture', 'logRetention', 'vpc'),
      ...(props.vpc ? { securityGroup: callsOnly(this, props.vpc, 'functions') } : {}),
    };
    const compute = stepsOnFargate(props.compute);
    const workflow = new RebalanceWorkflow(this, 'Workflow', {
      functions: createStepLambdas(this, settings, compute),
      ...(compute.size === 0 ? {} : { containers: new FargateSteps(this, 'Containers', { ...settings, compute }) }),
      ...pick(props, 'logRetention'),
    });
    this.stateMachine = workflow.stateMachine;

    const ways = { ...settings, defaults, stateMachine: this.stateMachine, deadLetterQueue: this.deadLetterQueue };
    if (props.startOnUpload ?? true) {
      checkSoleStarter(this, this.bucket, this.#startedByTheSameUploads());
      sendEvents(this.bucket);
      new UploadTrigger(this, UPLOADS, ways);
    }
    this.batchStateMachine = new Batch(this, 'Batch', {
      ...ways,
      runTimeout: workflow.timeout,
      ...pick(props, 'schedule'),
      ...(props.batchConcurrency === undefined ? {} : { concurrency: props.batchConcurrency }),
    }).stateMachine;
    new Operations(this, 'Operations', {
      stateMachine: this.stateMachine,
      batchStateMachine: this.batchStateMachine,
      deadLetterQueue: this.deadLetterQueue,
      service,
      ...pick(props, 'notifications', 'runbook'),
    });
  }

  /** Lets somebody start runs: an orchestrator, another state machine, a function. */
  grantStart(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /**
   * Lets the role of another state machine run one as a step that it waits for (`states:startExecution.sync:2`): beside
   * starting it, following it and stopping it, by a rule of EventBridge that Step Functions keeps in every account.
   */
  grantStartAndWait(grantee: IGrantable): Grant {
    const ofRule = Grant.addToPrincipal({
      grantee,
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resourceArns: [Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: NESTED_RUNS_RULE })],
    });
    return this.grantStart(grantee)
      .combine(this.stateMachine.grantExecution(grantee, 'states:DescribeExecution', 'states:StopExecution'))
      .combine(ofRule);
  }

  /**
   * Runs that failed.
   *
   * @default sum over five minutes
   */
  metricFailed(options?: MetricOptions): Metric {
    return this.stateMachine.metricFailed(options);
  }

  #startedByTheSameUploads(): DatasetRebalancer[] {
    return this.node.root.node
      .findAll()
      .filter((node): node is DatasetRebalancer => node instanceof DatasetRebalancer && node !== this)
      .filter(({ bucket, node }) => bucket.bucketName === this.bucket.bucketName && node.tryFindChild(UPLOADS));
  }
}

/** Found out here what would otherwise fail every run. @throws InvalidRequestError */
function checkDefaults(defaults: RequestDefaults = {}): string {
  parseRequest(requestForTable('s3://bucket/incoming/table.csv', defaults));
  const json = JSON.stringify(defaults);
  if (json.length <= LONGEST_DEFAULTS) return json;
  throw new Error(
    `defaults: found ${json.length} characters as JSON, needed at most ${LONGEST_DEFAULTS}; ` +
      'put a rebalance.json into incoming/ instead',
  );
}

/** The members that there are: `undefined` is none, which CDK's props do not all take for nothing. */
function pick<T extends object, K extends keyof T>(props: T, ...names: K[]): { [P in K]?: Exclude<T[P], undefined> } {
  const present = names.filter((name) => props[name] !== undefined).map((name) => [name, props[name]]);
  return Object.fromEntries(present);
}
