import { Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { STATES } from '../../contracts/states.ts';
import { CounterpoiseStack } from '../../infra/counterpoise-stack.ts';
import { STEP_SIZES } from '../../infra/step-sizes.ts';
import { createApp, functionId, machineIds, ofType, synthesizeStack } from './synthesize.ts';

const { stack, template, resources } = synthesizeStack();

describe('the stack', () => {
  it('is made of these resources', () => {
    const counts: Record<string, number> = {};
    for (const { Type } of Object.values(resources)) counts[Type] = (counts[Type] ?? 0) + 1;
    expect(counts).toMatchInlineSnapshot(`
      {
        "AWS::CloudWatch::Alarm": 7,
        "AWS::CloudWatch::Dashboard": 1,
        "AWS::Events::Rule": 1,
        "AWS::IAM::Policy": 20,
        "AWS::IAM::Role": 20,
        "AWS::Lambda::Function": 18,
        "AWS::Lambda::Permission": 1,
        "AWS::Logs::LogGroup": 20,
        "AWS::S3::Bucket": 2,
        "AWS::S3::BucketPolicy": 2,
        "AWS::SQS::Queue": 1,
        "AWS::SQS::QueuePolicy": 1,
        "AWS::StepFunctions::StateMachine": 2,
      }
    `);
  });

  it('gives nothing a name that another could have, so that two of them fit into one account', () => {
    const nameProperties = [
      ...['BucketName', 'FunctionName', 'StateMachineName', 'LogGroupName', 'RoleName', 'QueueName'],
      ...['AlarmName', 'DashboardName', 'Name'],
    ];
    // A permission names the function that it is for.
    const named = Object.values(resources).filter(({ Type }) => Type !== 'AWS::Lambda::Permission');
    // The logs of the state machines have the stack's name in theirs.
    const isOfTheStack = (name: unknown) => String(name).startsWith('/aws/vendedlogs/states/Counterpoise-');
    for (const { Properties = {} } of named.filter(({ Properties }) => !isOfTheStack(Properties?.LogGroupName))) {
      for (const name of nameProperties) expect(Properties).not.toHaveProperty(name);
    }
  });

  it('tells where to upload and what to start', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'BatchStateMachineArn',
      'BucketName',
      'DeadLetterQueueUrl',
      'StateMachineArn',
    ]);
  });

  it('uses a given bucket instead of its own', () => {
    const app = createApp();
    const elsewhere = new Stack(app, 'Elsewhere');
    new LogGroup(elsewhere, 'Something');
    const given = Bucket.fromBucketName(elsewhere, 'Given', 'a-bucket-of-theirs') as IBucket;
    const theirs = new CounterpoiseStack(app, 'Counterpoise', { bucket: given });
    const theirTemplate = Template.fromStack(theirs);
    theirTemplate.resourceCountIs('AWS::S3::Bucket', 0);
    expect(JSON.stringify(theirTemplate.toJSON())).toContain(':s3:::a-bucket-of-theirs/incoming/*');
    expect(new AwsSolutionsChecks(theirs).validateScope(theirs).violations).toEqual([]);
  });
});

describe('the bucket', () => {
  const [bucketId, bucket] = Object.entries(ofType(resources, 'AWS::S3::Bucket')).find(
    ([, { Properties }]) => Properties.VersioningConfiguration,
  )!;

  it('is private, encrypted, versioned, logged, and stays when the stack goes', () => {
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: { DestinationBucketName: expect.anything() },
      },
    });
  });

  it('refuses what does not come over TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: bucketId },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            Principal: { AWS: '*' },
          }),
        ]),
      },
    });
  });

  it('expires old versions, abandoned uploads and what runs leave behind, never uploads or outputs', () => {
    const rules: object[] = bucket.Properties.LifecycleConfiguration.Rules;
    expect(rules).toEqual([
      { Id: 'AbortAbandonedUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      {
        Id: 'ExpireOldVersions',
        Status: 'Enabled',
        ExpiredObjectDeleteMarker: true,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
      {
        Id: 'ExpireRunArtifacts',
        Status: 'Enabled',
        TagFilters: [{ Key: 'counterpoise', Value: 'run-artifact' }],
        ExpirationInDays: 30,
      },
    ]);
  });
});

describe('the functions', () => {
  it.each(Object.values(STATES))(
    '%s runs on Node 24 with the size of its step, traced, its logs kept a month',
    (state) => {
      const { Properties } = resources[functionId(resources, state)];
      const { memoryMiB, timeout, temporaryStorage } = STEP_SIZES[state];
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['x86_64'],
        Handler: 'index.handler',
        MemorySize: memoryMiB,
        Timeout: timeout.toSeconds(),
        EphemeralStorage: { Size: temporaryStorage.toMebibytes() },
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
      });
      expect(resources[Properties.LoggingConfig.LogGroup.Ref].Properties.RetentionInDays).toBe(30);
    },
  );

  it('run on arm64 where that is asked for', () => {
    const { resources: onArm } = synthesizeStack({ architecture: Architecture.ARM_64 });
    const architectures = Object.values(ofType(onArm, 'AWS::Lambda::Function')).map(
      (each) => each.Properties.Architectures,
    );
    expect(architectures).toEqual(Array.from({ length: Object.keys(STATES).length + 1 + 2 }, () => ['arm64']));
  });
});

describe('the state machines', () => {
  it.each(Object.values(machineIds(resources)))('%s is traced, and logs everything', (id) => {
    const machine = resources[id];
    expect(machine.Properties).toMatchObject({
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true },
    });
  });
});

describe('cdk-nag', () => {
  const packs: [string, NagPack][] = [
    ['AwsSolutions', new AwsSolutionsChecks(stack)],
    ['Serverless', new ServerlessChecks(stack)],
  ];

  it.each(packs)('%s finds nothing that is not acknowledged', (_, pack) => {
    expect(pack.validateScope(stack).violations).toEqual([]);
  });

  it('is given a reason with every acknowledgement', () => {
    const acknowledged = stack.node
      .findAll()
      .flatMap((node) => node.node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { data } of acknowledged) {
      for (const [id, reason] of Object.entries(data))
        expect([id, reason]).toEqual([id, expect.stringMatching(/\w.{40}/)]);
    }
  });

  it('finds a bucket without encryption in transit, so it does look', () => {
    const careless = new Stack(createApp(), 'Careless');
    new Bucket(careless, 'Bucket');
    const { violations } = new AwsSolutionsChecks(careless).validateScope(careless);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-S10');
  });
});
