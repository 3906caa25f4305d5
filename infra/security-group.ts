import { type ISecurityGroup, type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** For what calls the APIs of AWS, and nothing else, and what nothing connects to. @param whose in its description */
export function callsOnly(scope: Construct, vpc: IVpc, whose: string): ISecurityGroup {
  const securityGroup = new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: `Counterpoise: ${whose}, which nothing connects to`,
    allowAllOutbound: false,
  });
  securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'The APIs of AWS');
  return securityGroup as ISecurityGroup;
}
