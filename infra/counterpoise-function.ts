import { AssetHashType, DockerImage, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
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
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT, type EnvironmentVariable } from '../contracts/environment.ts';
import { acknowledgeFunction } from './acknowledgements.ts';
import { type ObjectAccess, objectStatements } from './object-access.ts';
import { bundleSource, writeBundle } from './step-bundle.ts';
import type { StepSize } from './step-sizes.ts';

/** What the functions of one DatasetRebalancer have in common. */
export interface FunctionSettings {
  /** where uploads arrive and outputs go */
  readonly bucket: IBucket;

  /**
   * That the bucket is encrypted with.
   *
   * @default S3's own keys
   */
  readonly key?: IKey;

  /**
   * @default Architecture.X86_64. Runs are to give the same bytes everywhere, and x86-64 is where that is tested; and on
   * the usual build machine DuckDB's binding for it is installed already, so that nothing is fetched for the bundle.
   */
  readonly architecture?: Architecture;

  /** @default RetentionDays.ONE_MONTH */
  readonly logRetention?: RetentionDays;

  /** @default no VPC */
  readonly vpc?: IVpc;

  /**
   * Of the functions in the VPC. One for all of them, so that they share its network interfaces.
   *
   * @default none, without a VPC
   */
  readonly securityGroup?: ISecurityGroup;

  /** the dimension `service` of logs, traces and metrics */
  readonly service: string;
}

export interface CounterpoiseFunctionProps extends FunctionSettings {
  /** of a folder of functions/, in Pascal case */
  readonly name: string;
  readonly size: StepSize;
  readonly access: ObjectAccess;

  /** @default none */
  readonly environment?: Partial<Record<EnvironmentVariable, string>>;

  /**
   * Where an event goes that the function could not cope with. For functions that nobody waits for.
   *
   * @default none: whoever invokes it waits for its answer
   */
  readonly deadLetterQueue?: IQueue;
}

/** A Lambda function: its bundle, its size, and a role of its own with what it touches and no more. */
export class CounterpoiseFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: CounterpoiseFunctionProps) {
    super(scope, id);
    const { name, bucket, key, size, vpc, securityGroup, architecture = Architecture.X86_64 } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own: CDK's would carry a managed policy that lets it write to every log group.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const statements = objectStatements(props.access, bucket);
    for (const statement of statements) role.addToPolicy(statement);
    if (statements.length > 0) key?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    if (vpc) role.addToPolicy(new PolicyStatement(NETWORK_INTERFACES));

    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Counterpoise: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture,
      handler: 'index.handler',
      code: bundledCode(name, architecture),
      memorySize: size.memoryMiB,
      timeout: size.timeout,
      ephemeralStorageSize: size.temporaryStorage,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        [ENVIRONMENT.service]: props.service,
        ...namedVariables(props.environment),
      },
      ...(vpc ? { vpc } : {}),
      ...(securityGroup ? { securityGroups: [securityGroup] } : {}),
      ...(props.deadLetterQueue ? { deadLetterQueue: props.deadLetterQueue } : {}),
    });
    if (vpc) this.#keepFromNetworkInterfaces(role);
    const patterns = statements.flatMap((statement) => statement.resources).filter((arn) => arn.includes('*'));
    acknowledgeFunction(this, patterns, props.deadLetterQueue === undefined);
  }

  /** What Lambda may do to attach the function, its code may not: calls from inside of it carry its ARN. */
  #keepFromNetworkInterfaces(role: Role): void {
    const conditions = { ArnEquals: { 'lambda:SourceFunctionArn': this.lambda.functionArn } };
    new Policy(this, 'NoNetworkInterfaces', {
      roles: [role],
      statements: [new PolicyStatement({ ...NETWORK_INTERFACES, effect: Effect.DENY, conditions })],
    });
  }
}

function namedVariables(values: CounterpoiseFunctionProps['environment'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([variable, value]) => [ENVIRONMENT[variable as EnvironmentVariable], value]),
  );
}

/**
 * Lambda's own part of a function in a VPC: what the managed policy AWSLambdaVPCAccessExecutionRole has for it. The
 * interfaces have no name before they are made.
 */
const NETWORK_INTERFACES = {
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
};

function bundledCode(name: string, architecture: Architecture): Code {
  return Code.fromAsset(bundleSource(name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // What CDK would bundle in if we could not, which does not happen.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(outputFolder) {
          writeBundle(name, outputFolder, architecture === Architecture.ARM_64 ? 'arm64' : 'x64');
          return true;
        },
      },
    },
  });
}
