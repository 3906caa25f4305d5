import { dirname } from 'node:path';
import { AssetHashType, DockerImage, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PREFIXES } from '../contracts/layout.ts';
import { STATES, type StateName } from '../contracts/states.ts';
import { acknowledgeStepLambda } from './acknowledgements.ts';
import { STEP_ACCESS } from './step-access.ts';
import { bundleStep, handlerPath } from './step-bundle.ts';
import { STEP_SIZES } from './step-sizes.ts';

export interface StepLambdaProps {
  readonly state: StateName;
  /** where uploads arrive and outputs go */
  readonly bucket: IBucket;
  /**
   * @default Architecture.X86_64. Runs are to give the same bytes everywhere, and x86-64 is where that is tested; and on
   * the usual build machine DuckDB's binding for it is installed already, so that nothing is fetched for the bundle.
   */
  readonly architecture?: Architecture;
}

/** The Lambda function of one state: its bundle, its size, its own role with what the step touches and no more. */
export class StepLambda extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: StepLambdaProps) {
    super(scope, id);
    const { state, bucket, architecture = Architecture.X86_64 } = props;
    const { memoryMiB, timeout, temporaryStorage } = STEP_SIZES[state];
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own: CDK's would carry a managed policy that lets it write to every log group.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const statements = accessStatements(state, bucket);
    for (const statement of statements) role.addToPolicy(statement);

    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Counterpoise: ${state}`,
      runtime: Runtime.NODEJS_24_X,
      architecture,
      handler: 'index.handler',
      code: bundledCode(state, architecture),
      memorySize: memoryMiB,
      timeout,
      ephemeralStorageSize: temporaryStorage,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
    acknowledgeStepLambda(
      this,
      statements.flatMap((statement) => statement.resources),
    );
  }
}

/** One function for each state, in `scope`. */
export function createStepLambdas(
  scope: Construct,
  props: Omit<StepLambdaProps, 'state'>,
): Readonly<Record<StateName, LambdaFunction>> {
  const entries = Object.values(STATES).map((state) => [
    state,
    new StepLambda(scope, state, { ...props, state }).lambda,
  ]);
  return Object.fromEntries(entries);
}

function bundledCode(state: StateName, architecture: Architecture): Code {
  const entry = handlerPath(state);
  return Code.fromAsset(dirname(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // What CDK would bundle in if we could not, which does not happen.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(outputFolder) {
          bundleStep(entry, outputFolder, architecture === Architecture.ARM_64 ? 'arm64' : 'x64');
          return true;
        },
      },
    },
  });
}

function accessStatements(state: StateName, bucket: IBucket): PolicyStatement[] {
  const { reads, writes, removes, meetsMissing } = STEP_ACCESS[state];
  const objects = (patterns: readonly string[]) => patterns.map((pattern) => bucket.arnForObjects(pattern));
  return [
    { actions: ['s3:GetObject'], resources: objects(reads) },
    // A request may name a version of its upload.
    { actions: ['s3:GetObjectVersion'], resources: objects(reads.filter(isUpload)) },
    { actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: objects(writes) },
    { actions: ['s3:DeleteObject'], resources: objects(removes) },
    { actions: ['s3:ListBucket'], resources: meetsMissing ? [bucket.bucketArn] : [] },
  ]
    .filter(({ resources }) => resources.length > 0)
    .map((statement) => new PolicyStatement(statement));
}

function isUpload(pattern: string): boolean {
  return pattern.startsWith(PREFIXES.incoming);
}
