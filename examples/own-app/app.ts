import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
// Where the package is installed: from 'counterpoise'.
import { DatasetRebalancer, EVENT_SOURCE, EVENT_TYPES } from '../../infra/index.ts';

/**
 * A data platform of one's own with a rebalancer in it: its bucket, its topic for alarms, a batch every night, a role of
 * a training pipeline that may start runs, and a queue that hears of every table that is ready.
 *
 *   npx cdk synth --app 'node examples/own-app/app.ts'
 */
export class DataPlatform extends Stack {
  readonly rebalancer: DatasetRebalancer;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const lake = new Bucket(this, 'Lake', {
      versioned: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    });
    this.rebalancer = new DatasetRebalancer(this, 'Rebalancer', {
      bucket: lake as IBucket,
      schedule: { expression: ScheduleExpression.cron({ hour: '2', minute: '0' }), prefix: 'incoming/nightly/' },
      defaults: { learner: { type: 'decision-tree', maxDepth: 8 }, output: { format: 'parquet' }, seed: 7 },
      notifications: new Topic(this, 'Alarms', { enforceSSL: true }),
    });

    const pipeline = new Role(this, 'TrainingPipeline', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    this.rebalancer.grantStart(pipeline);

    new Rule(this, 'TableIsReady', {
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: [EVENT_TYPES.rebalanced],
        resources: [this.rebalancer.stateMachine.stateMachineArn],
      },
      targets: [new SqsQueue(new Queue(this, 'ReadyTables', { enforceSSL: true }))],
    });
  }
}

if (import.meta.main) new DataPlatform(new App(), 'DataPlatform');
