import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { DatasetBucket } from './dataset-bucket.ts';
import { RebalanceWorkflow } from './rebalance-workflow.ts';
import { createStepLambdas } from './step-lambdas.ts';

export interface CounterpoiseStackProps extends StackProps {
  /**
   * The bucket that tables are read from (below `incoming/`) and written to (below `balanced/`). Encrypted with S3's own
   * keys: the functions are granted the use of no other.
   *
   * @default a new one, which stays when the stack is deleted
   */
  readonly bucket?: IBucket;

  /**
   * Of the Lambda functions.
   *
   * @default Architecture.X86_64
   */
  readonly architecture?: Architecture;
}

/** Counterpoise, deployed: a bucket, one function for each state, and the state machine. Nothing has a name of its own. */
export class CounterpoiseStack extends Stack {
  readonly bucket: IBucket;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: CounterpoiseStackProps = {}) {
    super(scope, id, { description: 'Counterpoise: rebalances imbalanced tables', ...props });
    this.bucket = props.bucket ?? new DatasetBucket(this, 'Datasets').bucket;
    const functions = createStepLambdas(this, {
      bucket: this.bucket,
      ...(props.architecture ? { architecture: props.architecture } : {}),
    });
    this.stateMachine = new RebalanceWorkflow(this, 'Workflow', { functions }).stateMachine;

    new CfnOutput(this, 'BucketName', {
      description: 'Upload tables below incoming/ and find results below balanced/',
      value: this.bucket.bucketName,
    });
    new CfnOutput(this, 'StateMachineArn', {
      description: 'Start an execution with a request as its input',
      value: this.stateMachine.stateMachineArn,
    });
  }
}
