import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { STATES, type StateName } from '../contracts/states.ts';
import { type FunctionsByState, RebalanceWorkflow } from '../infra/rebalance-workflow.ts';

/**
 * Writes the definition that the command line runs: the very construct that is deployed, with placeholders for its
 * functions. Loading the CDK at every start of a command line would take longer than many a run.
 *
 *   node scripts/generate-definition.ts
 */
export const DEFINITION_FILE = fileURLToPath(new URL('../local/generated/definition.json', import.meta.url));

/** The function of a state where there is none: no account has this number. */
export function placeholderArn(state: StateName): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${state}`;
}

/** The synthesized definition, as the file holds it. */
export function generateDefinition(): string {
  const stack = new Stack(new App(), 'Placeholder');
  const placeholders = Object.values(STATES).map((state) => [
    state,
    LambdaFunction.fromFunctionArn(stack, state, placeholderArn(state)),
  ]);
  const functions: FunctionsByState = Object.fromEntries(placeholders);
  const { stateMachine } = new RebalanceWorkflow(stack, 'Workflow', { functions });
  const { definitionString } = stateMachine.node.defaultChild as CfnStateMachine;
  return `${JSON.stringify(JSON.parse(withPartition(stack.resolve(definitionString))), null, 2)}\n`;
}

/** The ARNs of Step Functions' own tasks name the partition that they are deployed to: here, `aws`. */
function withPartition(definition: { readonly 'Fn::Join': readonly [string, readonly (string | { Ref: string })[]] }) {
  const [delimiter, parts] = definition['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : PSEUDO_PARAMETERS[part.Ref])).join(delimiter);
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws' };

if (import.meta.main) {
  mkdirSync(dirname(DEFINITION_FILE), { recursive: true });
  writeFileSync(DEFINITION_FILE, generateDefinition());
}
