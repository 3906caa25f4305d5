import { readFileSync } from 'node:fs';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, type CfnBucket, type IBucket, type IBucketNotificationDestination } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { DataPlatform } from '../../examples/own-app/app.ts';
import { DELETE_DATA_CONTEXT } from '../../infra/dataset-bucket.ts';
import { DatasetRebalancer, type DatasetRebalancerProps } from '../../infra/dataset-rebalancer.ts';
import { createApp, flatten, ofType, type Resource } from './synthesize.ts';

type MakeProps = (stack: Stack) => DatasetRebalancerProps;

function unsynthesized(make: MakeProps = () => ({}), context: Record<string, unknown> = {}) {
  const app = createApp();
  for (const [key, value] of Object.entries(context)) app.node.setContext(key, value);
  const stack = new Stack(app, 'Theirs');
  return { stack, rebalancer: new DatasetRebalancer(stack, 'Rebalancer', make(stack)) };
}

function synthesize(make: MakeProps = () => ({}), context: Record<string, unknown> = {}) {
  const { stack, rebalancer } = unsynthesized(make, context);
  const template = Template.fromStack(stack);
  return { stack, rebalancer, template, resources: template.toJSON().Resources as Record<string, Resource> };
}

const nightly = ScheduleExpression.cron({ hour: '2', minute: '30' });

describe('uploads', () => {
  const { template, resources } = synthesize();

  it('below incoming/ are sent to EventBridge by the bucket itself, and from there to StartRun', () => {
    const buckets = Object.values(ofType(resources, 'AWS::S3::Bucket'));
    expect(buckets.map(({ Properties }) => Properties.NotificationConfiguration)).toEqual([
      undefined,
      { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    ]);
    template.resourcePropertiesCountIs('Custom::S3BucketNotifications', {}, 0);
    const [rule] = Object.values(ofType(resources, 'AWS::Events::Rule'));
    expect(rule.Properties.EventPattern).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: [{ Ref: expect.stringMatching(/^RebalancerDatasets/) }] },
        object: { key: [{ prefix: 'incoming/' }] },
      },
    });
    expect(rule.Properties.Targets).toEqual([
      expect.objectContaining({ Arn: { 'Fn::GetAtt': [expect.stringMatching(/StartRunFunction/), 'Arn'] } }),
    ]);
  });

  it('are not lost: what cannot be handed over, or dealt with, waits for two weeks in one queue over TLS', () => {
    const [[queueId, queue]] = Object.entries(ofType(resources, 'AWS::SQS::Queue'));
    const arn = { 'Fn::GetAtt': [queueId, 'Arn'] };
    const [rule] = Object.values(ofType(resources, 'AWS::Events::Rule'));
    expect(rule.Properties.Targets[0]).toMatchObject({
      DeadLetterConfig: { Arn: arn },
      RetryPolicy: { MaximumEventAgeInSeconds: 24 * 60 * 60, MaximumRetryAttempts: 185 },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      DeadLetterConfig: { TargetArn: arn },
      Environment: {
        Variables: {
          COUNTERPOISE_STATE_MACHINE_ARN: { Ref: Match.stringLikeRegexp('^RebalancerWorkflow') },
          COUNTERPOISE_DEFAULTS: '{}',
        },
      },
    });
    expect(queue.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 60 * 60, SqsManagedSseEnabled: true });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Action: 'sqs:*' })]) },
    });
  });
});

describe('uploads that are to start nothing', () => {
  it('reach nobody, and there is nothing that could start a run for them', () => {
    const { template, resources } = synthesize(() => ({ startOnUpload: false, schedule: { expression: nightly } }));
    template.resourceCountIs('AWS::Events::Rule', 0);
    expect(Object.keys(resources).filter((id) => id.includes('StartRun'))).toEqual([]);
    expect(JSON.stringify(ofType(resources, 'AWS::S3::Bucket'))).not.toContain('EventBridge');
    template.resourceCountIs('AWS::Scheduler::Schedule', 1);
  });
});

describe('the schedule', () => {
  it('is none unless asked for; batches can be started all the same', () => {
    const { template } = synthesize();
    template.resourceCountIs('AWS::Scheduler::Schedule', 0);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 2);
  });

  it('starts the batch state machine with what the batch is to do, and no placeholder of the scheduler', () => {
    const { resources } = synthesize(() => ({
      schedule: { expression: nightly, prefix: 'incoming/eu/', select: 'all' },
    }));
    const [schedule] = Object.values(ofType(resources, 'AWS::Scheduler::Schedule'));
    expect(schedule.Properties).toMatchObject({
      ScheduleExpression: 'cron(30 2 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Arn: { Ref: expect.stringMatching(/^RebalancerBatchWorkflow/) },
        Input: '{"prefix":"incoming/eu/","select":"all"}',
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/DeadLetters/), 'Arn'] } },
      },
    });
  });

  it.each(['daily', '0 2 * * ? *', 'cron()', 'rate(1 day) '])('that is none, such as "%s", is refused', (asked) => {
    expect(() => synthesize(() => ({ schedule: { expression: ScheduleExpression.expression(asked) } }))).toThrow(
      `schedule: found ${asked}, needed rate(…), cron(…) or at(…), such as rate(1 day) or cron(0 2 * * ? *)`,
    );
  });

  it.each(['rate(1 day)', 'cron(0 2 * * ? *)', 'at(2027-01-31T02:00:00)'])('may be %s', (asked) => {
    const { template } = synthesize(() => ({ schedule: { expression: ScheduleExpression.expression(asked) } }));
    template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: asked });
  });

  it('of a folder outside of incoming/ is refused', () => {
    expect(() => synthesize(() => ({ schedule: { expression: nightly, prefix: 'elsewhere/' } }))).toThrow(
      'prefix: must be incoming/ or a folder below it, with / at its end',
    );
  });
});

describe('a batch', () => {
  it.each([0, -1, 2.5, 41, Number.NaN])('of %d tables at a time is refused', (batchConcurrency) => {
    expect(() => synthesize(() => ({ batchConcurrency }))).toThrow(
      `batchConcurrency: found ${batchConcurrency}, needed a whole number from 1 to 40, as many as Step Functions runs ` +
        'side by side',
    );
  });

  it.each([1, 40])('may be of %d tables at a time', (batchConcurrency) => {
    const { resources } = synthesize(() => ({ batchConcurrency }));
    const definitions = Object.values(ofType(resources, 'AWS::StepFunctions::StateMachine')).map(({ Properties }) =>
      flatten(Properties.DefinitionString, (id) => id),
    );
    expect(
      definitions.filter(
        (text) =>
          text.includes(`"MaxConcurrency":${batchConcurrency}}`) ||
          text.includes(`"MaxConcurrency":${batchConcurrency},`),
      ),
    ).toHaveLength(1);
  });
});

describe('a state machine that waits for runs', () => {
  it('is granted to start, follow and stop them, and the rule that tells it of their end', () => {
    const { stack, rebalancer } = unsynthesized();
    const parent = new Role(stack, 'Parent', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    rebalancer.grantStartAndWait(parent).assertSuccess();
    const resources = Template.fromStack(stack).toJSON().Resources as Record<string, Resource>;
    const [policy] = Object.entries(ofType(resources, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('Parent'));
    const [machine] = Object.keys(resources).filter((id) => /^RebalancerWorkflowStateMachine[0-9A-F]{8}$/.test(id));
    const statements: { Effect: string; Action: string | string[]; Resource: unknown }[] =
      policy[1].Properties.PolicyDocument.Statement;
    const granted = statements.flatMap(({ Effect, Action, Resource: to }) =>
      [Action].flat().map((action) => `${Effect} ${action} ${flatten(to, (id) => (id === machine ? 'run' : id))}`),
    );
    const states = 'arn:aws:states:eu-central-1:111122223333';
    const rule = 'arn:aws:events:eu-central-1:111122223333:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';
    expect(new Set(granted)).toEqual(
      new Set([
        ...['DescribeRule', 'PutRule', 'PutTargets'].map((action) => `Allow events:${action} ${rule}`),
        ...['DescribeExecution', 'StopExecution'].map((action) => `Allow states:${action} ${states}:execution:run:*`),
        'Allow states:StartExecution run',
      ]),
    );
  });
});

describe('defaults', () => {
  it('reach the functions that start runs', () => {
    const { resources } = synthesize(() => ({ defaults: { seed: 7, dataset: { ignore: ['id'] } } }));
    const values = Object.values(ofType(resources, 'AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment.Variables.COUNTERPOISE_DEFAULTS)
      .filter(Boolean);
    expect(new Set(values)).toEqual(new Set(['{"seed":7,"dataset":{"ignore":["id"]}}']));
  });

  it('that no request can have are refused when the stack is synthesized', () => {
    expect(() => synthesize(() => ({ defaults: { sed: 7 } as never }))).toThrow('sed: unknown key; did you mean seed?');
    const markers = Array.from({ length: 1000 }, (_, n) => `missing ${n}`);
    expect(() => synthesize(() => ({ defaults: { missing: { markers } } }))).toThrow(
      /^defaults: found \d{5} characters as JSON, needed at most 3000; put a rebalance.json into incoming\/ instead$/,
    );
  });
});

describe('a bucket of theirs', () => {
  it('is used instead of a new one, and sends its events', () => {
    const { template } = synthesize((stack) => ({ bucket: new Bucket(stack, 'Lake') as IBucket }));
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  describe('with notifications of its own', () => {
    const listened = (listen: (lake: Bucket, queue: Queue) => void, rebalanceFirst: boolean) =>
      synthesize((stack) => {
        const lake = new Bucket(stack, 'Lake');
        const queue = new Queue(stack, 'Listener');
        if (rebalanceFirst) new DatasetRebalancer(stack, 'First', { bucket: lake as IBucket });
        listen(lake, queue);
        return rebalanceFirst ? {} : { bucket: lake as IBucket };
      });
    const toQueue = (lake: Bucket, queue: Queue) =>
      lake.addObjectCreatedNotification(new SqsDestination(queue as IQueue) as IBucketNotificationDestination);

    it.each([
      ['after it is given', true],
      ['before it is given', false],
    ])('%s, sends both by CDK’s function, which would switch off what the bucket says', (_, rebalanceFirst) => {
      const { template, resources } = listened(toQueue, rebalanceFirst);
      template.hasResourceProperties('Custom::S3BucketNotifications', {
        Managed: true,
        NotificationConfiguration: {
          EventBridgeConfiguration: {},
          QueueConfigurations: [Match.objectLike({ Events: ['s3:ObjectCreated:*'] })],
        },
      });
      const [lake] = Object.entries(ofType(resources, 'AWS::S3::Bucket')).filter(([id]) => id.startsWith('Lake'));
      expect(lake[1].Properties?.NotificationConfiguration).toBeUndefined();
    });

    it('in the resource itself, keeps them', () => {
      const { template } = listened((lake, queue) => {
        const queueConfigurations = [{ event: 's3:ObjectRemoved:*', queue: queue.queueArn }];
        (lake.node.defaultChild as CfnBucket).notificationConfiguration = { queueConfigurations };
      }, false);
      template.hasResourceProperties('AWS::S3::Bucket', {
        NotificationConfiguration: {
          EventBridgeConfiguration: { EventBridgeEnabled: true },
          QueueConfigurations: [{ Event: 's3:ObjectRemoved:*', Queue: Match.anyValue() }],
        },
      });
    });
  });

  it('of which uploads start runs already is refused, unless one of the two leaves uploads alone', () => {
    const two = (second: DatasetRebalancerProps) => () =>
      synthesize((stack) => {
        const bucket = new Bucket(stack, 'Lake') as IBucket;
        new DatasetRebalancer(stack, 'First', { bucket });
        return { bucket, ...second };
      });
    expect(two({})).toThrow(
      'bucket: found Theirs/Lake in Theirs/First too, needed one whose uploads start no other runs than those of ' +
        'Theirs/Rebalancer; set startOnUpload: false in one of the two, or give them a bucket each',
    );
    expect(two({ startOnUpload: false })).not.toThrow();
    const byName = (stack: Stack) => {
      new DatasetRebalancer(stack, 'First', { bucket: Bucket.fromBucketName(stack, 'Here', 'a-lake') as IBucket });
      return { bucket: Bucket.fromBucketName(stack, 'There', 'a-lake') as IBucket };
    };
    expect(() => synthesize(byName)).toThrow('bucket: found a-lake in Theirs/First too');
  });

  it('in another region is refused, where that is known', () => {
    const inRegion = (region: string) => () => {
      const stack = new Stack(createApp(), 'Theirs', { env: { account: '111122223333', region: 'eu-central-1' } });
      const attributes = { bucketName: 'a-lake', region };
      const bucket = Bucket.fromBucketAttributes(stack, 'Lake', attributes) as IBucket;
      return new DatasetRebalancer(stack, 'Rebalancer', { bucket });
    };
    expect(inRegion('us-east-1')).toThrow(
      'bucket: found a-lake in us-east-1, needed one in eu-central-1, where the stack is; ' +
        'deploy the stack to the region of the bucket, or copy the tables into a bucket beside the stack',
    );
    expect(inRegion('eu-central-1')).not.toThrow();
  });

  it('brings its key along', () => {
    const { resources } = synthesize((stack) => {
      const encryptionKey = new Key(stack, 'Key');
      return { bucket: new Bucket(stack, 'Lake', { encryptionKey }) as IBucket };
    });
    expect(JSON.stringify(ofType(resources, 'AWS::IAM::Policy'))).toContain('kms:GenerateDataKey');
  });

  it('that is only referred to is left as it is', () => {
    const { template } = synthesize((stack) => ({ bucket: Bucket.fromBucketName(stack, 'Lake', 'a-lake') as IBucket }));
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
  });
});

describe('a new bucket', () => {
  const policies = (resources: Record<string, Resource>, type = 'AWS::S3::Bucket') =>
    Object.values(ofType(resources, type)).map(({ DeletionPolicy }) => DeletionPolicy);
  const destroy: MakeProps = () => ({ removalPolicy: RemovalPolicy.DESTROY });

  it('stays with its data and its policy, even if asked to go, without the context', () => {
    const { stack, template, resources } = synthesize(destroy);
    expect(policies(resources)).toEqual(['Retain', 'Retain']);
    expect(policies(resources, 'AWS::S3::BucketPolicy')).toEqual(['Retain', 'Retain']);
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('not heeded without the context'));
  });

  it('stays with the context alone', () => {
    expect(policies(synthesize(undefined, { [DELETE_DATA_CONTEXT]: true }).resources)).toEqual(['Retain', 'Retain']);
  });

  it('goes, with all that is in it, with both', () => {
    const { template, resources } = synthesize(destroy, { [DELETE_DATA_CONTEXT]: true });
    expect(policies(resources)).toEqual(['Delete', 'Delete']);
    expect(policies(resources, 'AWS::S3::BucketPolicy')).toEqual(['Delete', 'Delete']);
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
  });

  it('is encrypted with the key that it is given', () => {
    const { template } = synthesize((stack) => ({ key: new Key(stack, 'Key') }));
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
    });
  });
});

describe('operations', () => {
  const { stack, rebalancer, resources } = synthesize((scope) => ({
    notifications: new Topic(scope, 'Topic'),
    logRetention: RetentionDays.ONE_WEEK,
  }));
  const alarms = Object.values(ofType(resources, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  it('calls for failed, timed out and throttled runs and batches, and for lost starts', () => {
    expect(alarms.map(({ MetricName }) => MetricName).sort()).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'ExecutionThrottled',
      'ExecutionThrottled',
      'ExecutionsFailed',
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ExecutionsTimedOut',
    ]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
      expect(alarm.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Topic/) }]);
    }
  });

  it('says in each alarm what to do, and names a section of the runbook that there is', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title.toLowerCase().replaceAll(' ', '-'));
    for (const { AlarmDescription } of alarms) {
      const [, what, section] = /^Counterpoise: (.+) More: docs\/runbook\.md#(\S+) in the package counterpoise$/.exec(
        AlarmDescription,
      )!;
      expect(what.length).toBeGreaterThan(80);
      expect(sections).toContain(section);
      // The longest that CloudWatch takes.
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  it('links each alarm to the runbook where it is published', () => {
    const published = synthesize(() => ({ runbook: 'https://wiki.example.com/counterpoise' })).resources;
    for (const { Properties } of Object.values(ofType(published, 'AWS::CloudWatch::Alarm'))) {
      expect(Properties.AlarmDescription).toMatch(/ More: https:\/\/wiki\.example\.com\/counterpoise#[a-z-]+$/);
    }
    const [dashboard] = Object.values(ofType(published, 'AWS::CloudWatch::Dashboard'));
    expect(JSON.stringify(dashboard)).toContain('what to do: https://wiki.example.com/counterpoise');
  });

  it('shows the metrics of the functions under their own service', () => {
    const [dashboard] = Object.values(ofType(resources, 'AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard.Properties.DashboardBody);
    const [{ Properties }] = Object.values(ofType(resources, 'AWS::Lambda::Function'));
    const service = Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
    expect(service).toMatch(/^\w{3,64}$/);
    for (const [metric, state] of Object.entries({
      RowsIn: 'PrepareDataset',
      MinorityShareBefore: 'PrepareDataset',
      NewFeatureRows: 'SelectRows',
      MinorityShareAfter: 'FitModel',
      RecallLift: 'EvaluateResult',
      RunDuration: 'PublishDataset',
    })) {
      // Dimensions are in alphabetical order, whatever order they are given in.
      const shown = ['Counterpoise', metric, 'service', service, 'state', state];
      expect(body).toContain(JSON.stringify(JSON.stringify(shown).slice(1, -1)).slice(1, -1));
    }
  });

  it('names the logs of state machines after their stack, below what Step Functions needs no policy of each for', () => {
    const named = ['One', 'Other'].flatMap((stackName) => {
      const theirs = new Stack(createApp(), 'Theirs', { stackName });
      for (const id of ['First', 'Second']) new DatasetRebalancer(theirs, id);
      const groups = Object.values(ofType(Template.fromStack(theirs).toJSON().Resources, 'AWS::Logs::LogGroup'));
      return groups.filter(({ Properties }) => Properties.LogGroupName);
    });
    const names: string[] = named.map(({ Properties }) => Properties.LogGroupName);
    const nameOf = (stack: string, part: string) =>
      expect.stringMatching(new RegExp(`^/aws/vendedlogs/states/${stack}-${part}-Workflow-?[0-9A-F]{8}$`));
    expect(names).toEqual(
      ['One', 'Other'].flatMap((stack) =>
        ['First', 'First-Batch', 'Second', 'Second-Batch'].map((part) => nameOf(stack, part)),
      ),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(named.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['Delete']));
  });

  it('keeps logs as long as asked', () => {
    const kept = Object.values(ofType(resources, 'AWS::Logs::LogGroup')).map(
      (group) => group.Properties.RetentionInDays,
    );
    expect(new Set(kept)).toEqual(new Set([7]));
  });

  it('offers the failures as a metric', () => {
    expect(stack.resolve(rebalancer.metricFailed().dimensions)).toEqual({
      StateMachineArn: stack.resolve(rebalancer.stateMachine.stateMachineArn),
    });
  });
});

describe('in a VPC', () => {
  const VPC = {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-central-1a'],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
  };

  it('every function is, and may attach itself to it, which its code may not', () => {
    const { resources } = synthesize((stack) => ({ vpc: new Vpc(stack, 'Vpc') as IVpc }));
    const functions = Object.entries(ofType(resources, 'AWS::Lambda::Function')).filter(([id]) =>
      id.startsWith('Rebalancer'),
    );
    for (const [, { Properties }] of functions) expect(Properties.VpcConfig.SubnetIds.length).toBeGreaterThan(0);
    const groups = Object.entries(ofType(resources, 'AWS::EC2::SecurityGroup')).filter(([id]) =>
      id.startsWith('Rebalancer'),
    );
    expect(groups.map(([, { Properties }]) => Properties.SecurityGroupEgress)).toEqual([
      [{ CidrIp: '0.0.0.0/0', Description: 'The APIs of AWS', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 }],
    ]);
    expect(
      new Set(functions.map(([, { Properties }]) => JSON.stringify(Properties.VpcConfig.SecurityGroupIds))),
    ).toEqual(new Set([JSON.stringify([{ 'Fn::GetAtt': [groups[0][0], 'GroupId'] }])]));
    const statements = Object.values(ofType(resources, 'AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes('ec2:CreateNetworkInterface'));
    const granted = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(granted).toHaveLength(functions.length);
    for (const { Action } of granted) {
      expect(Action.filter((action: string) => action.startsWith('ec2:')).toSorted()).toEqual([
        'ec2:AssignPrivateIpAddresses',
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:UnassignPrivateIpAddresses',
      ]);
    }
    const denied = statements.filter(({ Effect }) => Effect === 'Deny');
    expect(denied.map(({ Condition }) => Condition)).toEqual(
      functions.map(([id]) => ({ ArnEquals: { 'lambda:SourceFunctionArn': { 'Fn::GetAtt': [id, 'Arn'] } } })),
    );
  });

  it('cdk-nag finds nothing', () => {
    const { stack } = synthesize((scope) => ({ vpc: Vpc.fromVpcAttributes(scope, 'Vpc', VPC), compute: 'auto' }));
    for (const pack of [new AwsSolutionsChecks(stack), new ServerlessChecks(stack)]) {
      expect(pack.validateScope(stack).violations).toEqual([]);
    }
  });
});

describe('in an app without any of CDK’s feature flags', () => {
  const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Theirs');
  new DatasetRebalancer(stack, 'Rebalancer', { compute: 'auto', schedule: { expression: nightly } });
  const resources = Template.fromStack(stack).toJSON().Resources as Record<string, Resource>;

  it('may do on any resource what it may with them, and no more', () => {
    const onAnything = (all: Record<string, Resource>) => {
      const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
        Object.values(ofType(all, type)),
      );
      const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
      const wide = statements.filter(({ Resource: to }) => [to].flat().includes('*'));
      return new Set(wide.flatMap(({ Action }) => [Action].flat()));
    };
    const flagged = synthesize(() => ({ compute: 'auto', schedule: { expression: nightly } }));
    expect(onAnything(resources)).toEqual(onAnything(flagged.resources));
  });

  it('deploys no function but its own', () => {
    const functions = Object.values(ofType(resources, 'AWS::Lambda::Function'));
    for (const { Properties } of functions) expect(Properties.Description).toMatch(/^Counterpoise: /);
  });

  it.each([new AwsSolutionsChecks(stack), new ServerlessChecks(stack)])('cdk-nag finds nothing', (pack) => {
    expect(pack.validateScope(stack).violations).toEqual([]);
  });
});

describe('the example app', () => {
  const platform = new DataPlatform(createApp(), 'DataPlatform');
  const template = Template.fromStack(platform);

  it('has one bucket, its own, and a pipeline that may start runs', () => {
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^TrainingPipeline') }],
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: Match.anyValue() } }],
      },
    });
  });

  it('hears of every table that is ready', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['counterpoise'], 'detail-type': ['DatasetRebalanced'] },
    });
  });
});

describe('cdk-nag, with every prop', () => {
  const { stack } = synthesize((scope) => ({
    key: new Key(scope, 'Key', { enableKeyRotation: true }),
    schedule: { expression: nightly },
    notifications: new Topic(scope, 'Topic', { enforceSSL: true }),
  }));

  it.each([new AwsSolutionsChecks(stack), new ServerlessChecks(stack)])('finds nothing', (pack) => {
    expect(pack.validateScope(stack).violations).toEqual([]);
  });

  it('finds nothing where the data may be deleted either', () => {
    const { stack: mortal } = synthesize(() => ({ removalPolicy: RemovalPolicy.DESTROY }), {
      [DELETE_DATA_CONTEXT]: true,
    });
    for (const pack of [new AwsSolutionsChecks(mortal), new ServerlessChecks(mortal)]) {
      expect(pack.validateScope(mortal).violations).toEqual([]);
    }
  });
});
