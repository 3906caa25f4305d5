import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  type ISecurityGroup,
  type IVpc,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { callsOnly } from './security-group.ts';

export interface ContainerNetworkProps {
  /** @default a new one, in which nothing costs anything while no container runs */
  readonly vpc?: IVpc;
  /** for the flow logs of a new one */
  readonly logGroup: ILogGroup;
}

/**
 * Where containers run. In a VPC of the caller's, in its private subnets (else in its isolated ones), from where they must
 * reach what they need: ECR, CloudWatch Logs, Step Functions and S3.
 *
 * A VPC of our own has public subnets only: a NAT gateway, or endpoints for three services, would cost by the hour whether
 * or not anything runs. A container gets a public address while it runs, nothing may connect to it, it may connect to ports
 * 443 only, and what it reads and writes in S3 goes through a gateway, which is free.
 */
export class ContainerNetwork extends Construct {
  readonly vpc: IVpc;
  readonly subnetType: SubnetType;
  readonly securityGroup: ISecurityGroup;

  constructor(scope: Construct, id: string, { vpc, logGroup }: ContainerNetworkProps) {
    super(scope, id);
    this.vpc = vpc ?? this.#ownVpc(logGroup);
    this.subnetType = subnetTypeOf(this.vpc);
    this.securityGroup = callsOnly(this, this.vpc, 'containers of steps');
  }

  /** Without one, a container in a public subnet could not even fetch its image. */
  get assignPublicIp(): boolean {
    return this.subnetType === SubnetType.PUBLIC;
  }

  #ownVpc(logGroup: ILogGroup): IVpc {
    return new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Containers', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
      // Nothing is in the default group. To empty it, CDK would deploy a function that does so.
      restrictDefaultSecurityGroup: false,
      flowLogs: {
        Traffic: {
          destination: FlowLogDestination.toCloudWatchLogs(logGroup),
          trafficType: FlowLogTrafficType.ALL,
        },
      },
    }) as IVpc;
  }
}

function subnetTypeOf(vpc: IVpc): SubnetType {
  if (vpc.privateSubnets.length > 0) return SubnetType.PRIVATE_WITH_EGRESS;
  return vpc.isolatedSubnets.length > 0 ? SubnetType.PRIVATE_ISOLATED : SubnetType.PUBLIC;
}
