import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Cluster,
  ContainerInsights,
  CpuArchitecture,
  FargateTaskDefinition,
  type ICluster,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { StateName } from '../contracts/states.ts';
import {
  acknowledgeContainer,
  acknowledgeExecutionRole,
  acknowledgePayloads,
  acknowledgeTaskRevisions,
} from './acknowledgements.ts';
import { containerImage } from './container-image.ts';
import { ContainerNetwork } from './container-network.ts';
import { CONTAINER_SIZE } from './container-size.ts';
import type { FunctionSettings } from './counterpoise-function.ts';
import { type ContainerPlace, payloadPattern, taskRevisions } from './fargate-tasks.ts';
import { objectStatements } from './object-access.ts';
import { STEP_ACCESS } from './step-access.ts';
import type { Compute } from './step-compute.ts';

export interface FargateStepsProps extends FunctionSettings {
  /** the steps that run in a container, at least at times */
  readonly compute: ReadonlyMap<StateName, Compute>;
}

const ECS_TASKS = new ServicePrincipal('ecs-tasks.amazonaws.com');

/** The longest that Fargate waits for a container that was told to stop: to say so, however slow the network is. */
const STOP_TIMEOUT = Duration.seconds(120);

/**
 * What it takes to run steps in containers: a cluster, which is but a name, one image, and for each step a task definition
 * with a role of its own, which may touch what the step's function may touch. Nothing of it runs, or costs, on its own.
 */
export class FargateSteps extends Construct {
  readonly places: ReadonlyMap<StateName, ContainerPlace>;
  readonly #roles: readonly Role[];
  readonly #settings: FunctionSettings;

  constructor(scope: Construct, id: string, { compute, ...settings }: FargateStepsProps) {
    super(scope, id);
    this.#settings = settings;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: settings.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const network = new ContainerNetwork(this, 'Network', { logGroup, ...(settings.vpc ? { vpc: settings.vpc } : {}) });
    const cluster: ICluster = new Cluster(this, 'Cluster', {
      vpc: network.vpc,
      containerInsightsV2: ContainerInsights.ENABLED,
    }) as ICluster;
    const executionRole = new Role(this, 'ExecutionRole', { assumedBy: ECS_TASKS });
    acknowledgeExecutionRole(executionRole);
    const image = containerImage(this, 'Image', settings.architecture ?? Architecture.X86_64);
    const steps = [...compute].map(([state, choice]) => {
      const taskRole = this.#taskRole(state);
      const taskDefinition = this.#taskDefinition(state, executionRole, taskRole);
      const container = taskDefinition.addContainer('Step', {
        image,
        logging: LogDrivers.awsLogs({ logGroup, streamPrefix: state }),
        stopTimeout: STOP_TIMEOUT,
      });
      const { bucket, service } = settings;
      return { state, taskRole, place: { compute: choice, cluster, network, container, bucket, service } };
    });
    this.places = new Map(steps.map(({ state, place }) => [state, place]));
    this.#roles = steps.map(({ taskRole }) => taskRole);
  }

  /**
   * Lets the containers answer the state machine that starts them, and it write their payloads. In a policy by itself: the
   * state machine depends on the roles, so that these cannot depend on it.
   */
  connect(stateMachine: StateMachine): void {
    new Policy(this, 'Answers', {
      roles: [...this.#roles],
      statements: [
        new PolicyStatement({
          actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
          resources: [stateMachine.stateMachineArn],
        }),
      ],
    });
    const { bucket, key } = this.#settings;
    acknowledgePayloads(
      stateMachine,
      [...this.places.keys()].map((state) => bucket.arnForObjects(payloadPattern(state))),
    );
    const taskDefinitions = [...this.places.values()].map(({ container }) => container.taskDefinition);
    acknowledgeTaskRevisions(stateMachine, taskDefinitions.map(taskRevisions));
    // It knows them by their names alone, and may be started as soon as it is there.
    stateMachine.node.addDependency(...taskDefinitions);
    key?.grant(stateMachine, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  #taskRole(state: StateName): Role {
    const { bucket, key } = this.#settings;
    const role = new Role(this, `${state}Role`, { assumedBy: ECS_TASKS });
    const access = STEP_ACCESS[state];
    const statements = objectStatements({ ...access, reads: [...access.reads, payloadPattern(state)] }, bucket);
    for (const statement of statements) role.addToPolicy(statement);
    key?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const patterns = statements.flatMap((statement) => statement.resources).filter((arn) => arn.includes('*'));
    acknowledgeContainer(role, patterns);
    return role;
  }

  #taskDefinition(state: StateName, executionRole: Role, taskRole: Role): FargateTaskDefinition {
    const isArm = this.#settings.architecture === Architecture.ARM_64;
    return new FargateTaskDefinition(this, state, {
      cpu: CONTAINER_SIZE.cpuUnits,
      memoryLimitMiB: CONTAINER_SIZE.memoryMiB,
      ephemeralStorageGiB: CONTAINER_SIZE.temporaryGiB,
      runtimePlatform: {
        cpuArchitecture: isArm ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      executionRole,
      taskRole,
    });
  }
}
