import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';

/** What cdk-nag finds, and why it is as it is. Each finding is named in full, so that a new one is still reported. */

const KEYS =
  'Keys hold the name of the upload, of the output folder and of the run, which are known only when it runs; the part that ' +
  'can be known, whose artifacts these are, is spelled out';

const X_RAY = 'Writing X-Ray segments and reading sampling rules have no resource that IAM could name';

/** @param isAwaited whoever invokes it waits for its answer */
export function acknowledgeFunction(
  counterpoiseFunction: IConstruct,
  keyPatternArns: readonly string[],
  isAwaited: boolean,
): void {
  acknowledgeWildcards(counterpoiseFunction, ['*'], `${X_RAY}; nor have the network interfaces of a function in a VPC`);
  acknowledgeWildcards(counterpoiseFunction, keyPatternArns, KEYS);
  if (!isAwaited) return;
  Validations.of(counterpoiseFunction).acknowledge({
    id: 'Serverless-LambdaDLQ',
    reason:
      'Only the state machine invokes it, and waits for the answer: a failure is caught there, no event can be lost',
  });
}

/** @param role of a step in a container */
export function acknowledgeContainer(role: IConstruct, keyPatternArns: readonly string[]): void {
  acknowledgeWildcards(role, keyPatternArns, KEYS);
}

export function acknowledgeExecutionRole(role: IConstruct): void {
  acknowledgeWildcards(role, ['*'], 'The token with which any image is fetched has no resource that IAM could name');
}

/** @param payloadArns where the state machine hands payloads over to containers */
export function acknowledgePayloads(stateMachine: IConstruct, payloadArns: readonly string[]): void {
  acknowledgeWildcards(stateMachine, payloadArns, KEYS);
}

/** @param revisionArns of the containers that the state machine starts */
export function acknowledgeTaskRevisions(stateMachine: IConstruct, revisionArns: readonly string[]): void {
  acknowledgeWildcards(
    stateMachine,
    revisionArns,
    'The newest revision of a task definition is started, whose number is known only when it is deployed; all are of this stack',
  );
}

export function acknowledgeStateMachine(stateMachine: IConstruct, functions: readonly IFunction[]): void {
  acknowledgeWildcards(stateMachine, ['*'], `${X_RAY}; nor have the actions that set up the delivery of its logs`);
  acknowledgeWildcards(
    stateMachine,
    functions.map((each) => `${each.functionArn}:*`),
    'CDK grants the versions and aliases of a function with it; they are the same code, of this stack',
  );
}

export function acknowledgeBatchMachine(
  batchMachine: IConstruct,
  functions: readonly IFunction[],
  stateMachine: IStateMachine,
): void {
  acknowledgeStateMachine(batchMachine, functions);
  const stack = Stack.of(batchMachine);
  const name = stack.splitArn(stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME).resourceName;
  const executions = stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${name}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  acknowledgeWildcards(
    batchMachine,
    [executions],
    'To follow the executions that it starts, and to stop them when it is stopped; their names are made when they start',
  );
}

export function acknowledgeDeadLetters(queue: IConstruct): void {
  Validations.of(queue).acknowledge(
    ...['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'].map((id) => ({
      id,
      reason: 'This is the dead-letter queue: what is in it waits for a person, whom an alarm calls',
    })),
  );
}

function acknowledgeWildcards(scope: IConstruct, resources: readonly string[], reason: string): void {
  const stack = Stack.of(scope);
  const ids = new Set(resources.map((arn) => `AwsSolutions-IAM5[Resource::${flatten(stack.resolve(arn))}]`));
  Validations.of(scope).acknowledge(...[...ids].map((id) => ({ id, reason })));
}

/** An ARN as cdk-nag writes it: `{ "Fn::GetAtt": ["Bucket", "Arn"] }` is `<Bucket.Arn>`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: reference } = value as CloudFormationReference;
  if (join) return join[1].map(flatten).join(join[0]);
  if (attribute) return `<${attribute.join('.')}>`;
  return reference ? `<${reference}>` : JSON.stringify(value);
}

interface CloudFormationReference {
  readonly 'Fn::Join'?: readonly [delimiter: string, parts: readonly unknown[]];
  readonly 'Fn::GetAtt'?: readonly [resource: string, attribute: string];
  readonly Ref?: string;
}
