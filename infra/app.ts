import { App, Validations } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CounterpoiseStack } from './counterpoise-stack.ts';

/** `cdk deploy -c architecture=arm64` */
const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x86_64: Architecture.X86_64,
  arm64: Architecture.ARM_64,
};

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
new CounterpoiseStack(app, 'Counterpoise', { architecture: askedArchitecture() });

function askedArchitecture(): Architecture {
  const asked: string = app.node.tryGetContext('architecture') ?? 'x86_64';
  const architecture = ARCHITECTURES[asked];
  if (architecture) return architecture;
  throw new Error(`context architecture: found ${asked}, needed ${Object.keys(ARCHITECTURES).join(' or ')}`);
}
