import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { RETRY, RETRYABLE_ERRORS } from '../../contracts/retries.ts';
import { CONTROL_STATES, STATES, type StateName } from '../../contracts/states.ts';
import { executionTimeout, STEP_SIZES } from '../../infra/step-sizes.ts';
import { DEFINITION_FILE, generateDefinition, placeholderArn } from '../../scripts/generate-definition.ts';
import { functionId, parseDefinition, synthesizeStack } from './synthesize.ts';

// biome-ignore lint/suspicious/noExplicitAny: a state is looked into, whatever its type
type State = any;
type States = Readonly<Record<string, State>>;

const { resources } = synthesizeStack();
const stateOf = new Map(Object.values(STATES).map((state) => [functionId(resources, state), state]));
const definition = parseDefinition(resources, (id) => placeholderArn(stateOf.get(id)!));
const outer: States = definition.States;
const parallel: State = outer[CONTROL_STATES.trainBoth];
const branches: { StartAt: string; States: States }[] = parallel.Branches;
const everyState: States = Object.assign({}, outer, ...branches.map(({ States }) => States));
const outsideOfBranches = Object.keys(outer).filter((name) => name !== CONTROL_STATES.runFailed);

/** The states from `StartAt` on, by Next, to the one that ends. */
function chain({ StartAt, States }: { StartAt: string; States: States }): string[] {
  const names = [StartAt];
  while (States[names.at(-1)!].Next) names.push(States[names.at(-1)!].Next);
  expect(States[names.at(-1)!]).toMatchObject({ End: true });
  return names;
}

describe('the synthesized definition', () => {
  it('has the states of the contract, and no others', () => {
    expect(Object.keys(everyState).sort()).toEqual([...Object.values(STATES), ...Object.values(CONTROL_STATES)].sort());
  });

  it('is the chain of Algorithm 1, with the generator and the discriminator side by side', () => {
    expect(chain(definition)).toEqual([
      'ResolveRequest',
      'PrepareDataset',
      'TrainGeneratorAndDiscriminator',
      'SelectRows',
      'MergeRows',
      'UndersampleMajority',
      'EvaluateResult',
      'PublishDataset',
    ]);
    expect(branches.map(chain)).toEqual([['TrainGenerator', 'GenerateRows'], ['TrainDiscriminator']]);
  });

  it.each(Object.values(STATES))('%s is a Task of its own function', (name) => {
    expect(everyState[name]).toMatchObject({ Type: 'Task', Resource: placeholderArn(name) });
  });

  it.each(Object.values(STATES))('%s retries what is worth it, and nothing else', (name) => {
    const { intervalSeconds, maxAttempts, backoffRate } = RETRY;
    const waits = { IntervalSeconds: intervalSeconds, MaxAttempts: maxAttempts, BackoffRate: backoffRate };
    expect(everyState[name].Retry).toEqual([{ ErrorEquals: RETRYABLE_ERRORS, ...waits }]);
  });

  it.each(outsideOfBranches.filter((name) => name !== STATES.recordFailure))(
    '%s is caught by RecordFailure',
    (name) => {
      expect(outer[name].Catch).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: STATES.recordFailure },
      ]);
    },
  );

  it('lets no Catch lead out of a branch', () => {
    for (const { States } of branches) for (const state of Object.values(States)) expect(state.Catch).toBeUndefined();
  });

  it('ends a caught failure in Fail, with the failure as it was recorded, or as it was where recording failed', () => {
    expect(outer.RecordFailure).toMatchObject({ Next: 'RunFailed', ResultPath: '$.failure' });
    expect(outer.RecordFailure.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'RunFailed' }]);
    expect(outer.RunFailed).toMatchObject({
      Type: 'Fail',
      ErrorPath: '$.failure.Error',
      CausePath: '$.failure.Cause',
    });
  });

  it('waits for a task half a minute longer than Lambda lets it run, and for all of them together long enough', () => {
    const timeouts = Object.values(STATES).map((name: StateName) => {
      expect(everyState[name].TimeoutSeconds).toBe(STEP_SIZES[name].timeout.toSeconds() + 30);
      return everyState[name].TimeoutSeconds;
    });
    const retryWaits = 11 * (1 + 2 + 4);
    expect(definition.TimeoutSeconds).toBe(timeouts.reduce((sum, each) => sum + each, retryWaits));
    expect(executionTimeout().toSeconds()).toBe(2 * 90 + 9 * 930 + 11 * 7);
  });

  it('passes the validator of the States language', () => {
    // The local engine's own dependency, so it is asked for from there.
    const validate = createRequire(import.meta.resolve('aws-local-stepfunctions'))('asl-validator');
    expect(validate(structuredClone(definition))).toMatchObject({ isValid: true, errors: [] });
  });
});

describe('the definition that the command line runs', () => {
  it('is the deployed one, with placeholders for its functions', () => {
    expect(JSON.parse(readFileSync(DEFINITION_FILE, 'utf8'))).toEqual(definition);
  });

  it('is up to date to the byte (if not: node scripts/generate-definition.ts)', () => {
    expect(readFileSync(DEFINITION_FILE, 'utf8')).toBe(generateDefinition());
  });
});
