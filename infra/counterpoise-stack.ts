import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DatasetRebalancer, type DatasetRebalancerProps } from './dataset-rebalancer.ts';

export interface CounterpoiseStackProps extends StackProps, DatasetRebalancerProps {}

/** Counterpoise, deployed on its own: one DatasetRebalancer. Nothing has a name that another stack could have. */
export class CounterpoiseStack extends Stack {
  readonly rebalancer: DatasetRebalancer;

  constructor(scope: Construct, id: string, props: CounterpoiseStackProps = {}) {
    super(scope, id, { description: 'Counterpoise: rebalances imbalanced tables', ...props });
    this.rebalancer = new DatasetRebalancer(this, 'Rebalancer', props);
    const { bucket, stateMachine, batchStateMachine, deadLetterQueue } = this.rebalancer;

    new CfnOutput(this, 'BucketName', {
      description: 'Upload tables below incoming/ and find results below balanced/',
      value: bucket.bucketName,
    });
    new CfnOutput(this, 'StateMachineArn', {
      description: 'Start an execution with a request as its input',
      value: stateMachine.stateMachineArn,
    });
    new CfnOutput(this, 'BatchStateMachineArn', {
      description: 'Start an execution with {} to rebalance what is new or changed below incoming/',
      value: batchStateMachine.stateMachineArn,
    });
    new CfnOutput(this, 'DeadLetterQueueUrl', {
      description: 'Starts of runs and batches that were lost wait here',
      value: deadLetterQueue.queueUrl,
    });
  }
}
