import { Duration, Stack } from 'aws-cdk-lib';
import type { ContainerDefinition, ICluster, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Errors, IntegrationPattern, JsonPath, type TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import {
  CallAwsService,
  EcsFargateLaunchTarget,
  EcsRunTask,
  type EcsRunTaskProps,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { CONTAINER_ENVIRONMENT, containerState, HEARTBEAT, handOverState } from '../contracts/container.ts';
import { ENVIRONMENT } from '../contracts/environment.ts';
import { ARTIFACTS, PREFIXES, RUN_ARTIFACT_TAG } from '../contracts/layout.ts';
import {
  NO_CONTAINER_ROOM_ERRORS,
  RETRY,
  RETRYABLE_CONTAINER_ERRORS,
  ROOM_RETRY,
  SERVICE_RETRY,
} from '../contracts/retries.ts';
import { MAPPED_STATE, type StateName, stepFolder } from '../contracts/states.ts';
import type { ContainerNetwork } from './container-network.ts';
import { CONTAINER_TIMEOUT, HAND_OVER_TIMEOUT } from './container-size.ts';
import type { Compute } from './step-compute.ts';
import { retryOf } from './workflow-parts.ts';

/** Where a step runs that runs in a container. */
export interface ContainerPlace {
  readonly compute: Compute;
  readonly cluster: ICluster;
  readonly network: ContainerNetwork;
  /** of the step's own task definition */
  readonly container: ContainerDefinition;
  /** where payloads are handed over */
  readonly bucket: IBucket;
  /** the dimension `service` of logs and metrics */
  readonly service: string;
}

/** Keys of a step's payloads: in the folder of the execution in which it writes its artifacts, below no output location. */
export function payloadPattern(state: StateName): string {
  return `${PREFIXES.balanced}runs/*/${stepFolder(state)}/*${ARTIFACTS.payload}`;
}

/**
 * The two states of a step in a container. The first writes the payload into the bucket, as a container cannot be given
 * more than 8,192 characters. The second starts it and waits until the container answers by the task's token: with the
 * step's result or with its error, under its own name.
 */
export function containerStates(
  scope: Construct,
  state: StateName,
  place: ContainerPlace,
  resultPath: string | undefined,
): { readonly handOver: TaskStateBase; readonly run: TaskStateBase } {
  const { bucket, cluster, network, container, service } = place;
  const key = payloadKey(state);
  const handOver = CallAwsService.jsonPath(scope, handOverState(state), {
    comment: 'A container is told where its payload is',
    service: 's3',
    action: 'putObject',
    parameters: {
      Bucket: bucket.bucketName,
      Key: key,
      Body: JsonPath.objectAt('$'),
      ContentType: 'application/json',
      Tagging: `${RUN_ARTIFACT_TAG.key}=${RUN_ARTIFACT_TAG.value}`,
    },
    iamAction: 's3:PutObject',
    iamResources: [bucket.arnForObjects(payloadPattern(state))],
    additionalIamStatements: [
      new PolicyStatement({
        actions: ['s3:PutObjectTagging'],
        resources: [bucket.arnForObjects(payloadPattern(state))],
      }),
    ],
    resultPath: JsonPath.DISCARD,
    taskTimeout: Timeout.duration(HAND_OVER_TIMEOUT),
  });
  handOver.addRetry(retryOf(SERVICE_RETRY, [Errors.ALL]));

  const run = new RunContainer(scope, containerState(state), {
    comment: 'As its function would, with more memory and time',
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    cluster,
    taskDefinition: container.taskDefinition,
    launchTarget: new EcsFargateLaunchTarget(),
    subnets: { subnetType: network.subnetType },
    assignPublicIp: network.assignPublicIp,
    securityGroups: [network.securityGroup],
    containerOverrides: [
      {
        containerDefinition: container,
        environment: [
          { name: CONTAINER_ENVIRONMENT.state, value: state },
          { name: CONTAINER_ENVIRONMENT.payload, value: JsonPath.format(`s3://{}/{}`, bucket.bucketName, key) },
          { name: CONTAINER_ENVIRONMENT.taskToken, value: JsonPath.taskToken },
          { name: ENVIRONMENT.service, value: service },
        ],
      },
    ],
    ...(resultPath === undefined ? {} : { resultPath }),
    taskTimeout: Timeout.duration(CONTAINER_TIMEOUT),
    heartbeatTimeout: Timeout.duration(Duration.seconds(HEARTBEAT.missedAfterSeconds)),
  });
  run.addRetry(retryOf(ROOM_RETRY, NO_CONTAINER_ROOM_ERRORS));
  run.addRetry(retryOf(RETRY, RETRYABLE_CONTAINER_ERRORS));
  return { handOver, run };
}

/**
 * Of this very execution; inside of the Map, of this very item. (The context's `$$.Map.Item` is only there where the Map makes
 * the input of an item, not in the states that are run for it.)
 */
function payloadKey(state: StateName): string {
  const folder = `${PREFIXES.balanced}runs/{}/${stepFolder(state)}`;
  const execution = JsonPath.stringAt('$$.Execution.Name');
  if (state !== MAPPED_STATE) return JsonPath.format(`${folder}/${ARTIFACTS.payload}`, execution);
  const item = ['strategy', 'repeat', 'fold'].map((part) => JsonPath.stringAt(`$.item.${part}`));
  return JsonPath.format(`${folder}/{}.{}.{}.${ARTIFACTS.payload}`, execution, ...item);
}

/**
 * Every revision of the step's task definition. A container is started by the family's name, which is the newest revision,
 * while the policy may still, or already, be that of another one: in the midst of a deployment, and after it is undone.
 */
export function taskRevisions(taskDefinition: TaskDefinition): string {
  const resourceName = `${taskDefinition.family}:*`;
  return Stack.of(taskDefinition).formatArn({ service: 'ecs', resource: 'task-definition', resourceName });
}

/**
 * CDK lets a state machine that starts containers also stop and describe any container of the account. Where the container
 * answers by itself it does neither (AWS's own policy for the token pattern has RunTask and PassRole alone).
 */
class RunContainer extends EcsRunTask {
  constructor(scope: Construct, id: string, props: EcsRunTaskProps) {
    super(scope, id, props);
    const { taskRole, executionRole } = props.taskDefinition;
    this.taskPolicies?.splice(
      0,
      this.taskPolicies.length,
      new PolicyStatement({
        actions: ['ecs:RunTask'],
        resources: [taskRevisions(props.taskDefinition)],
        conditions: { ArnEquals: { 'ecs:cluster': props.cluster.clusterArn } },
      }),
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [taskRole.roleArn, ...(executionRole ? [executionRole.roleArn] : [])],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    );
  }
}
