import { describe, expect, it } from 'vitest';
import { STATES, type StateName } from '../../contracts/states.ts';
import { flatten, functionId, ofType, type Resource, synthesizeStack } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const { resources } = synthesizeStack();
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
  return flatten(arn, (id) => (id === datasets ? 'bucket' : id));
}

function roleOf({ Properties }: Resource): string {
  return (Properties.Role ?? Properties.RoleArn)['Fn::GetAtt'][0];
}

/** What every function may do, whatever its step. */
function commonPermissions(state: StateName): string[] {
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
    `s3:AbortMultipartUpload bucket/balanced/*runs/*/${writes}/*`,
  ];
}

const TABLES = ['train.csv', 'train.parquet', 'test.csv', 'test.parquet'];
const OUTPUTS = [...TABLES, 'manifest.json'];

const EXPECTED: Record<StateName, string[]> = {
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
  EvaluateResult: readsAndWrites('evaluate-result', 'prepare-dataset', 'merge-rows', 'undersample-majority'),
  PublishDataset: [
    's3:GetObject bucket/balanced/*runs/*/prepare-dataset/*',
    's3:GetObject bucket/balanced/*runs/*/merge-rows/*',
    's3:GetObject bucket/balanced/*runs/*/undersample-majority/*',
    's3:GetObject bucket/balanced/*manifest.json',
    's3:ListBucket bucket',
    ...OUTPUTS.flatMap((file) =>
      ['s3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'].map(
        (action) => `${action} bucket/balanced/*${file}`,
      ),
    ),
  ],
  RecordFailure: [
    's3:GetObject bucket/balanced/*manifest.json',
    's3:PutObject bucket/balanced/*manifest.json',
    's3:AbortMultipartUpload bucket/balanced/*manifest.json',
    ...readsAndWrites('record-failure'),
  ],
};

describe('least privilege', () => {
  it.each(Object.values(STATES))(
    '%s may touch its own part of the bucket, its log, X-Ray, and nothing else',
    (state) => {
      const role = roleOf(resources[functionId(resources, state)]);
      expect(permissionsOf(role)).toEqual([...commonPermissions(state), ...EXPECTED[state]].sort());
    },
  );

  it('the state machine may invoke its functions, and nothing else but log and trace', () => {
    const [machine] = Object.values(ofType(resources, 'AWS::StepFunctions::StateMachine'));
    const functions = Object.values(STATES).map((state) => functionId(resources, state));
    const permissions = permissionsOf(roleOf(machine));
    expect(permissions.filter((each) => !each.startsWith('logs:') && !each.startsWith('xray:'))).toEqual(
      functions.flatMap((id) => [`lambda:InvokeFunction ${id}`, `lambda:InvokeFunction ${id}:*`]).sort(),
    );
    expect(permissions.filter((each) => each.startsWith('xray:'))).toEqual([
      'xray:GetSamplingRules *',
      'xray:GetSamplingTargets *',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ]);
  });

  it('only services take on a role, each only its own', () => {
    const machine = Object.values(ofType(resources, 'AWS::StepFunctions::StateMachine')).map(roleOf);
    for (const [id, role] of Object.entries(ofType(resources, 'AWS::IAM::Role'))) {
      const service = machine.includes(id) ? 'states.amazonaws.com' : 'lambda.amazonaws.com';
      expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
        expect.objectContaining({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } }),
      ]);
    }
  });
});
