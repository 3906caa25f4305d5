import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, it } from 'vitest';
import { BATCH_STATES } from '../../contracts/batch.ts';
import { STATES, type StateName } from '../../contracts/states.ts';
import { DatasetRebalancer } from '../../infra/dataset-rebalancer.ts';
import { createApp, flatten, functionId, machineIds, ofType, type Resource, synthesizeStack } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const { resources } = synthesizeStack({
  schedule: { expression: ScheduleExpression.cron({ hour: '2', minute: '0' }) },
});
const machines = machineIds(resources);
const [deadLetters] = Object.keys(ofType(resources, 'AWS::SQS::Queue'));
const [datasets] = Object.entries(ofType(resources, 'AWS::S3::Bucket')).find(
  ([, { Properties }]) => Properties.VersioningConfiguration,
)!;

/** What a role may do, as `action resource` lines; the bucket of tables is `bucket`, log groups and functions their id. */
function permissionsOf(roleId: string): string[] {
  expect(resources[roleId].Properties).not.toHaveProperty('ManagedPolicyArns');
  expect(resources[roleId].Properties).not.toHaveProperty('Policies');
  return Object.values(ofType(resources, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles) === JSON.stringify([{ Ref: roleId }]))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .flatMap(({ Effect, Action, Resource }) => {
      expect(Effect).toBe('Allow');
      return [Action].flat().flatMap((action) => [Resource].flat().map((each) => `${action} ${name(each)}`));
    })
    .sort();
}

function name(arn: unknown): string {
  const names = {
    [datasets]: 'bucket',
    [machines.run]: 'run',
    [machines.batch]: 'batch',
    [deadLetters]: 'dead-letters',
  };
  return flatten(arn, (id) => names[id] ?? id);
}

function roleOf({ Properties }: Resource): string {
  return (Properties.Role ?? Properties.RoleArn)['Fn::GetAtt'][0];
}

/** What every function may do, whatever its step. */
function commonPermissions(state: string): string[] {
  const logGroup = resources[functionId(resources, state)].Properties.LoggingConfig.LogGroup.Ref;
  return [
    `logs:CreateLogStream ${logGroup}`,
    `logs:PutLogEvents ${logGroup}`,
    'xray:PutTelemetryRecords *',
    'xray:PutTraceSegments *',
  ];
}

function readsAndWrites(writes: string, ...reads: string[]): string[] {
  return [
    ...reads.map((step) => `s3:GetObject bucket/balanced/*runs/*/${step}/*`),
    `s3:PutObject bucket/balanced/*runs/*/${writes}/*`,
    `s3:PutObjectTagging bucket/balanced/*runs/*/${writes}/*`,
    `s3:AbortMultipartUpload bucket/balanced/*runs/*/${writes}/*`,
  ];
}

const TABLES = ['train', 'test', 'provenance'].flatMap((name) => [`${name}.csv`, `${name}.parquet`]);
const REMOVABLE = [...TABLES, 'manifest.json'];
const OUTPUTS = [...REMOVABLE, 'model.json', 'domain.json', 'weights.json', 'report.json', 'report.html'];

const BATCHES = 'bucket/balanced/batches';

const EXPECTED: Record<StateName | 'StartRun' | 'ListDatasets' | 'SummarizeBatch', string[]> = {
  ResolveRequest: [],
  PrepareDataset: [
    's3:GetObject bucket/incoming/*',
    's3:GetObjectVersion bucket/incoming/*',
    's3:ListBucket bucket',
    ...readsAndWrites('prepare-dataset'),
  ],
  TrainGenerator: readsAndWrites('train-generator', 'prepare-dataset'),
  GenerateRows: readsAndWrites('generate-rows', 'prepare-dataset', 'train-generator'),
  TrainDiscriminator: readsAndWrites('train-discriminator', 'prepare-dataset'),
  SelectRows: readsAndWrites('select-rows', 'prepare-dataset', 'generate-rows', 'train-discriminator'),
  MergeRows: readsAndWrites('merge-rows', 'prepare-dataset', 'select-rows'),
  UndersampleMajority: readsAndWrites('undersample-majority', 'merge-rows'),
  PlanComparison: readsAndWrites('plan-comparison', 'prepare-dataset'),
  EvaluateFold: readsAndWrites('evaluate-fold', 'prepare-dataset', 'plan-comparison'),
  FitModel: readsAndWrites('fit-model', 'prepare-dataset', 'generate-rows', 'plan-comparison', 'evaluate-fold'),
  EvaluateResult: readsAndWrites(
    'evaluate-result',
    'prepare-dataset',
    'merge-rows',
    'undersample-majority',
    'fit-model',
  ),
  WriteReport: readsAndWrites('write-report', 'prepare-dataset', 'fit-model', 'evaluate-result'),
  PublishDataset: [
    ...['prepare-dataset', 'train-discriminator', 'fit-model', 'write-report'].map(
      (step) => `s3:GetObject bucket/balanced/*runs/*/${step}/*`,
    ),
    's3:GetObject bucket/balanced/*manifest.json',
    's3:ListBucket bucket',
    ...OUTPUTS.flatMap((file) =>
      ['s3:PutObject', 's3:AbortMultipartUpload'].map((action) => `${action} bucket/balanced/*${file}`),
    ),
    ...REMOVABLE.map((file) => `s3:DeleteObject bucket/balanced/*${file}`),
  ],
  RecordFailure: [
    's3:GetObject bucket/balanced/*manifest.json',
    's3:PutObject bucket/balanced/*manifest.json',
    's3:AbortMultipartUpload bucket/balanced/*manifest.json',
    ...readsAndWrites('record-failure'),
  ],
  StartRun: [
    's3:GetObject bucket/incoming/*rebalance.json',
    's3:ListBucket bucket',
    'states:StartExecution run',
    'sqs:SendMessage dead-letters',
  ],
  ListDatasets: [
    's3:GetObject bucket/incoming/*rebalance.json',
    `s3:GetObject ${BATCHES}/seen.json`,
    's3:ListBucket bucket',
  ],
  SummarizeBatch: [
    's3:GetObject bucket/balanced/*runs/*/record-failure/*',
    `s3:GetObject ${BATCHES}/seen.json`,
    's3:ListBucket bucket',
    ...['*/summary.json', 'seen.json'].flatMap((file) => [
      `s3:PutObject ${BATCHES}/${file}`,
      `s3:AbortMultipartUpload ${BATCHES}/${file}`,
    ]),
  ],
};

describe('least privilege', () => {
  it.each(Object.keys(EXPECTED) as (keyof typeof EXPECTED)[])(
    '%s may touch its own part of the bucket, its log, X-Ray, and nothing else',
    (state) => {
      const role = roleOf(resources[functionId(resources, state)]);
      expect(permissionsOf(role)).toEqual([...commonPermissions(state), ...EXPECTED[state]].sort());
    },
  );

  it('holds for every function, every state machine and the schedule', () => {
    const roles = Object.values(resources).flatMap((resource) => {
      if (resource.Type === 'AWS::Scheduler::Schedule') return [resource.Properties.Target.RoleArn['Fn::GetAtt'][0]];
      return /Function$|StateMachine$/.test(resource.Type) ? [roleOf(resource)] : [];
    });
    expect(roles.sort()).toEqual(Object.keys(ofType(resources, 'AWS::IAM::Role')).sort());
  });

  const LOGGING_AND_TRACING = /^(logs|xray):/;
  const invocations = (names: readonly string[]) =>
    names
      .map((name) => functionId(resources, name))
      .flatMap((id) => [`lambda:InvokeFunction ${id}`, `lambda:InvokeFunction ${id}:*`]);

  it('the state machine may invoke its functions and put events, and nothing else but log and trace', () => {
    const permissions = permissionsOf(roleOf(resources[machines.run]));
    expect(permissions.filter((each) => !LOGGING_AND_TRACING.test(each))).toEqual(
      [
        ...invocations(Object.values(STATES)),
        'events:PutEvents arn:aws:events:eu-central-1:111122223333:event-bus/default',
      ].sort(),
    );
    expect(permissions.filter((each) => each.startsWith('xray:'))).toEqual([
      'xray:GetSamplingRules *',
      'xray:GetSamplingTargets *',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ]);
  });

  it('the batch machine may invoke its two functions and start, follow and stop runs', () => {
    const states = 'arn:aws:states:eu-central-1:111122223333';
    const rule = 'arn:aws:events:eu-central-1:111122223333:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';
    const permissions = permissionsOf(roleOf(resources[machines.batch]));
    expect(permissions.filter((each) => !LOGGING_AND_TRACING.test(each))).toEqual(
      [
        ...invocations([BATCH_STATES.listDatasets, BATCH_STATES.summarize]),
        'states:StartExecution run',
        `states:DescribeExecution ${states}:execution:run*`,
        `states:StopExecution ${states}:execution:run*`,
        ...['DescribeRule', 'PutRule', 'PutTargets'].map((action) => `events:${action} ${rule}`),
      ].sort(),
    );
  });

  it('the schedule may start batches, and say where that failed', () => {
    const [schedule] = Object.values(ofType(resources, 'AWS::Scheduler::Schedule'));
    expect(permissionsOf(schedule.Properties.Target.RoleArn['Fn::GetAtt'][0])).toEqual([
      'sqs:SendMessage dead-letters',
      'states:StartExecution batch',
    ]);
  });

  it('only services take on a role, each only its own', () => {
    const services = Object.entries(ofType(resources, 'AWS::IAM::Role')).map(([id, role]) => {
      const [statement, ...others] = role.Properties.AssumeRolePolicyDocument.Statement;
      expect(others).toEqual([]);
      expect(statement).toMatchObject({ Action: 'sts:AssumeRole', Effect: 'Allow' });
      return [id, statement.Principal.Service];
    });
    const machineRoles = Object.values(ofType(resources, 'AWS::StepFunctions::StateMachine')).map(roleOf);
    for (const [id, service] of services) {
      if (machineRoles.includes(id)) expect(service).toBe('states.amazonaws.com');
      else expect(['lambda.amazonaws.com', 'scheduler.amazonaws.com']).toContain(service);
    }
    expect(services.filter(([, service]) => service === 'scheduler.amazonaws.com')).toHaveLength(1);
  });

  it('with a key of one’s own, functions that touch the bucket may use it, and ResolveRequest may not', () => {
    const encrypted = new Stack(createApp(), 'Encrypted');
    const key = new Key(encrypted, 'Key', { enableKeyRotation: true });
    new DatasetRebalancer(encrypted, 'Rebalancer', { key });
    const template = Template.fromStack(encrypted).toJSON().Resources as Record<string, Resource>;
    const granted = Object.entries(ofType(template, 'AWS::IAM::Policy')).filter(([, { Properties }]) =>
      JSON.stringify(Properties.PolicyDocument.Statement).includes('kms:'),
    );
    for (const [, { Properties }] of granted) {
      const statements: Statement[] = Properties.PolicyDocument.Statement;
      const ofKey = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')));
      expect(ofKey).toEqual([
        {
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        },
      ]);
    }
    expect(granted.some(([id]) => id.includes('ResolveRequest'))).toBe(false);
    expect(granted).toHaveLength(Object.keys(EXPECTED).length - 1);
  });
});
