import { App, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CounterpoiseStack } from './counterpoise-stack.ts';

/**
 * The stack on its own. What can be asked for from the command line:
 *
 *   cdk deploy -c architecture=arm64 -c schedule='cron(0 2 * * ? *)' -c runbook=https://…
 *   cdk deploy -c compute=auto
 *   cdk deploy -c removalPolicy=destroy -c @counterpoise/deleteData=true
 */
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

const architecture = choice('architecture', { x86_64: Architecture.X86_64, arm64: Architecture.ARM_64 });
const removalPolicy = choice('removalPolicy', { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY });
const compute = choice('compute', { lambda: 'lambda', fargate: 'fargate', auto: 'auto' } as const);
const schedule = text('schedule');
const runbook = text('runbook');

new CounterpoiseStack(app, 'Counterpoise', {
  ...(architecture ? { architecture } : {}),
  ...(removalPolicy ? { removalPolicy } : {}),
  ...(compute ? { compute } : {}),
  ...(schedule ? { schedule: { expression: ScheduleExpression.expression(schedule) } } : {}),
  ...(runbook ? { runbook } : {}),
});

function text(name: string): string | undefined {
  return app.node.tryGetContext(name);
}

function choice<T>(name: string, choices: Readonly<Record<string, T>>): T | undefined {
  const asked = text(name);
  if (asked === undefined || Object.hasOwn(choices, asked)) return choices[asked ?? ''];
  throw new Error(`context ${name}: found ${asked}, needed ${Object.keys(choices).join(' or ')}`);
}
