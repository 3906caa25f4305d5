import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { CounterpoiseStack, type CounterpoiseStackProps } from '../../infra/counterpoise-stack.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have as many shapes as there are resources
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** The app as `cdk synth` makes it (the flags of cdk.json), but without the bundles, which take seconds. */
export function createApp(): App {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
}

export function synthesizeStack(props: CounterpoiseStackProps = {}): {
  stack: CounterpoiseStack;
  template: Template;
  resources: Readonly<Record<string, Resource>>;
} {
  const stack = new CounterpoiseStack(createApp(), 'Counterpoise', props);
  const template = Template.fromStack(stack);
  return { stack, template, resources: template.toJSON().Resources };
}

/** The resources of one type, by logical id. */
export function ofType(resources: Readonly<Record<string, Resource>>, type: string): Record<string, Resource> {
  return Object.fromEntries(Object.entries(resources).filter(([, resource]) => resource.Type === type));
}

/** The logical id of the Lambda function of a state, or of another role. */
export function functionId(resources: Readonly<Record<string, Resource>>, state: string): string {
  const found = Object.entries(ofType(resources, 'AWS::Lambda::Function')).filter(([id]) =>
    new RegExp(`^Rebalancer(Uploads|Batch)?${state}Function[0-9A-F]{8}$`).test(id),
  );
  if (found.length !== 1) throw new Error(`found ${found.length} functions of ${state}, needed 1`);
  return found[0][0];
}

/** The logical ids of the two state machines: the one that rebalances a table, the one that starts it for many. */
export function machineIds(resources: Readonly<Record<string, Resource>>): { run: string; batch: string } {
  const ids = Object.keys(ofType(resources, 'AWS::StepFunctions::StateMachine'));
  const [batch, ...none] = ids.filter((id) => id.startsWith('RebalancerBatch'));
  const [run, ...neither] = ids.filter((id) => id !== batch);
  if (none.length + neither.length > 0) throw new Error(`found state machines ${ids}, needed two`);
  return { run, batch };
}

/**
 * A state machine's definition, taken out of the template. References become what `arnOf` makes of their logical id.
 */
export function parseDefinition(
  resources: Readonly<Record<string, Resource>>,
  arnOf: (logicalId: string) => string,
  machineId = machineIds(resources).run,
): StateMachineDefinition {
  const machine = resources[machineId];
  return JSON.parse(flatten(machine.Properties.DefinitionString, arnOf));
}

/** A string of a template, its intrinsic functions resolved: `{ "Fn::GetAtt": [id, "Arn"] }` becomes `arnOf(id)`. */
export function flatten(value: unknown, arnOf: (logicalId: string) => string): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as Intrinsic;
  if (intrinsic['Fn::Join']) {
    const [delimiter, parts] = intrinsic['Fn::Join'];
    return parts.map((part) => flatten(part, arnOf)).join(delimiter);
  }
  if (intrinsic['Fn::GetAtt']?.[1] === 'Arn') return arnOf(intrinsic['Fn::GetAtt'][0]);
  if (intrinsic['Fn::GetAtt']) return intrinsic['Fn::GetAtt'].join('.');
  if (intrinsic.Ref) return PSEUDO_PARAMETERS[intrinsic.Ref] ?? arnOf(intrinsic.Ref);
  if (intrinsic['Fn::Sub']) return intrinsic['Fn::Sub'];
  if (intrinsic['Fn::Split']) return flatten(intrinsic['Fn::Split'][1], arnOf);
  // The only part of an ARN that is asked for is its name.
  if (intrinsic['Fn::Select']) return flatten(intrinsic['Fn::Select'][1], arnOf);
  throw new Error(`cannot resolve ${JSON.stringify(value)}`);
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::Join'?: [string, unknown[]];
  readonly 'Fn::GetAtt'?: [string, string];
  readonly 'Fn::Sub'?: string;
  readonly 'Fn::Split'?: [string, unknown];
  readonly 'Fn::Select'?: [number, unknown];
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '111122223333',
};
