import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import {
  DefinitionBody,
  IntegrationPattern,
  JsonPath,
  Pass,
  StateMachine,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { EVENT_SOURCE } from '../../contracts/outgoing-events.ts';

/**
 * What stands around Counterpoise in somebody's account, as a CDK app of its own: a next stage that is started by its
 * events, and an orchestrator of which a rebalancing is one step. Both do nothing else.
 *
 *   cdk deploy --app 'node test/cloud/next-stage.ts' -c stateMachineArn=arn:… -c bucketName=…
 */
const app = new App();
const stack = new Stack(app, 'NextStage');

const rebalancer = StateMachine.fromStateMachineArn(stack, 'Rebalancer', context('stateMachineArn'));
const rebalance = StepFunctionsStartExecution.jsonPath(stack, 'Rebalance', {
  stateMachine: rebalancer,
  integrationPattern: IntegrationPattern.RUN_JOB,
  input: TaskInput.fromJsonPathAt('$'),
  outputPath: '$.Output',
  associateWithParent: false,
});
const train = Pass.jsonPath(stack, 'Train', {
  parameters: { manifest: JsonPath.stringAt('$.outputs.manifest'), verdict: JsonPath.stringAt('$.verdict') },
});
const pipeline = new StateMachine(stack, 'Pipeline', {
  definitionBody: DefinitionBody.fromChainable(rebalance.next(train)),
});

new CfnOutput(stack, 'PipelineArn', { value: pipeline.stateMachineArn });
new CfnOutput(stack, 'EventsArn', { value: startedBy('Events', { source: [EVENT_SOURCE] }) });
new CfnOutput(stack, 'UploadsArn', {
  value: startedBy('Uploads', {
    source: ['aws.s3'],
    detailType: ['Object Created'],
    detail: { bucket: { name: [context('bucketName')] }, object: { key: [{ prefix: 'incoming/' }] } },
  }),
});

/** Whose executions have the events as their input. */
function startedBy(id: string, eventPattern: EventPattern): string {
  const definitionBody = DefinitionBody.fromChainable(Pass.jsonPath(stack, `${id}Seen`));
  const machine = new StateMachine(stack, `${id}Machine`, { definitionBody });
  new Rule(stack, `${id}Rule`, { eventPattern, targets: [new SfnStateMachine(machine)] });
  return machine.stateMachineArn;
}

function context(name: string): string {
  const value: unknown = app.node.tryGetContext(name);
  if (typeof value === 'string') return value;
  throw new Error(`context ${name}: found none, needed it`);
}
