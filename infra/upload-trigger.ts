import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { PREFIXES } from '../contracts/layout.ts';
import { CounterpoiseFunction, type FunctionSettings } from './counterpoise-function.ts';
import { OTHER_ACCESS, START_RUN } from './step-access.ts';
import { BOOKKEEPING } from './step-sizes.ts';

export interface UploadTriggerProps extends FunctionSettings {
  readonly stateMachine: StateMachine;
  readonly deadLetterQueue: IQueue;
  /** settings, as JSON, of tables that have no settings file */
  readonly defaults: string;
}

/** EventBridge tries to hand the event over for so long; Lambda then has two more tries, after one and two minutes. */
const HAND_OVER = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/** An upload below `incoming/` starts a run. An event that could not be dealt with waits in the dead-letter queue. */
export class UploadTrigger extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: UploadTriggerProps) {
    super(scope, id);
    const { stateMachine, deadLetterQueue, defaults, ...settings } = props;
    this.lambda = new CounterpoiseFunction(this, START_RUN, {
      ...settings,
      name: START_RUN,
      size: BOOKKEEPING,
      access: OTHER_ACCESS[START_RUN],
      environment: { stateMachine: stateMachine.stateMachineArn, defaults },
      deadLetterQueue,
    }).lambda;
    stateMachine.grantStartExecution(this.lambda);

    new Rule(this, 'Uploads', {
      description: `Counterpoise: uploads below ${PREFIXES.incoming} start runs`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [settings.bucket.bucketName] },
          object: { key: [{ prefix: PREFIXES.incoming }] },
        },
      },
      targets: [new LambdaTarget(this.lambda, { deadLetterQueue, ...HAND_OVER })],
    });
  }
}
