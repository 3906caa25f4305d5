import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { NO_ROOM_ERRORS, RETRYABLE_ERRORS, SERVICE_RETRY } from '../../contracts/retries.ts';
import { ANNOUNCEMENT_STATES, CONTROL_STATES, STATES, type StateName } from '../../contracts/states.ts';
import { executionTimeout, STEP_SIZES } from '../../infra/step-sizes.ts';
import { DEFINITION_FILE, generateDefinition, placeholderArn } from '../../scripts/generate-definition.ts';
import { triesAgain, waitsForRoom } from './retries.ts';
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
const map: State = outer[CONTROL_STATES.compareStrategies];
const inner = [...branches, map.ItemProcessor];
const everyState: States = Object.assign({}, outer, ...inner.map(({ States }) => States));
const steps: readonly string[] = Object.values(STATES);
const caughtSteps = Object.keys(outer).filter(
  (name) =>
    name === CONTROL_STATES.trainBoth ||
    name === CONTROL_STATES.compareStrategies ||
    (steps.includes(name) && name !== STATES.recordFailure),
);

/** The states from `StartAt` on, by Next, to the one that ends. */
function chain({ StartAt, States }: { StartAt: string; States: States }): string[] {
  const names = [StartAt];
  while (States[names.at(-1)!].Next) names.push(States[names.at(-1)!].Next);
  expect(States[names.at(-1)!]).toMatchObject({ End: true });
  return names;
}

describe('the synthesized definition', () => {
  it('has the states of the contract, and no others', () => {
    const names = [STATES, CONTROL_STATES, ANNOUNCEMENT_STATES].flatMap((states) => Object.values(states));
    expect(Object.keys(everyState).sort()).toEqual(names.sort());
  });

  it('is the chain of Algorithm 1, with the generator and the discriminator side by side', () => {
    expect(chain(definition)).toEqual([
      'ResolveRequest',
      'PrepareDataset',
      'TrainGeneratorAndDiscriminator',
      'SelectRows',
      'MergeRows',
      'UndersampleMajority',
      'PlanComparison',
      'CompareStrategies',
      'FitModel',
      'EvaluateResult',
      'WriteReport',
      'PublishDataset',
      'DescribeResult',
      'AnnounceResult',
    ]);
    expect(branches.map(chain)).toEqual([['TrainGenerator', 'GenerateRows'], ['TrainDiscriminator']]);
    expect(chain(map.ItemProcessor)).toEqual(['EvaluateFold']);
  });

  it('evaluates ten folds at a time, each told where its rows are and which it is, and keeps no answer', () => {
    expect(map).toMatchObject({
      Type: 'Map',
      ItemsPath: '$.planned.items',
      MaxConcurrency: 10,
      ResultPath: null,
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' } },
    });
    expect(map.ItemSelector).toEqual({
      'execution.$': '$.execution',
      'request.$': '$.request',
      'prepared.$': '$.prepared',
      'compared.$': '$.planned.compared',
      'item.$': '$$.Map.Item.Value',
    });
  });

  it.each(Object.values(STATES))('%s is a Task of its own function', (name) => {
    expect(everyState[name]).toMatchObject({ Type: 'Task', Resource: placeholderArn(name) });
  });

  it.each(Object.values(STATES))('%s retries what is worth it, and nothing else', (name) => {
    expect(everyState[name].Retry).toEqual([waitsForRoom(NO_ROOM_ERRORS), triesAgain(RETRYABLE_ERRORS)]);
  });

  it.each(caughtSteps)('%s is caught by RecordFailure', (name) => {
    expect(outer[name].Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: STATES.recordFailure },
    ]);
  });

  it('lets no Catch lead out of a branch', () => {
    for (const { States } of branches) for (const state of Object.values(States)) expect(state.Catch).toBeUndefined();
  });

  it('ends a caught failure in Fail, with the failure as it was recorded, or as it was where recording failed', () => {
    expect(outer.RecordFailure).toMatchObject({ Next: 'AnnounceFailure', ResultPath: '$.failure' });
    expect(outer.RecordFailure.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'AnnounceFailure' },
    ]);
    expect(outer.AnnounceFailure).toMatchObject({ Next: 'RunFailed', ResultPath: null });
    expect(outer.AnnounceFailure.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'RunFailed' }]);
    expect(outer.RunFailed).toMatchObject({
      Type: 'Fail',
      ErrorPath: '$.failure.Error',
      CausePath: '$.failure.Cause',
    });
  });

  it.each(Object.values(ANNOUNCEMENT_STATES))(
    '%s puts one event of ours, tries six times, and hands on its input',
    (name) => {
      const { Type, Resource, Retry, ResultPath, Parameters } = everyState[name];
      expect({ Type, Resource, ResultPath }).toEqual({
        Type: 'Task',
        Resource: 'arn:aws:states:::events:putEvents',
        ResultPath: null,
      });
      expect(Parameters.Entries).toEqual([
        expect.objectContaining({
          Source: 'counterpoise',
          DetailType: name === 'AnnounceResult' ? 'DatasetRebalanced' : 'RebalanceFailed',
        }),
      ]);
      const { intervalSeconds, maxAttempts, backoffRate } = SERVICE_RETRY;
      expect(1 + maxAttempts).toBe(6);
      const waits = { IntervalSeconds: intervalSeconds, MaxAttempts: maxAttempts, BackoffRate: backoffRate };
      expect(Retry).toEqual([{ ErrorEquals: ['States.ALL'], ...waits, JitterStrategy: 'FULL' }]);
    },
  );

  it('fails where what is published cannot be announced, and records nothing as failed', () => {
    expect(outer.AnnounceResult.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'RunFailed' },
    ]);
  });

  it('waits for a task half a minute longer than Lambda lets it run, and for all of them together long enough', () => {
    const timeouts = Object.values(STATES).map((name: StateName) => {
      expect(everyState[name].TimeoutSeconds).toBe(STEP_SIZES[name].timeout.toSeconds() + 30);
      // A thousand folds, ten at a time.
      return (name === STATES.evaluateFold ? 100 : 1) * (everyState[name].TimeoutSeconds + (1 + 2 + 4));
    });
    const announcement = 6 * 30 + (1 + 2 + 4 + 8 + 16);
    const waitForRoom = 2 + 4 + 8 + 16 + 32 + 14 * 60;
    expect(definition.TimeoutSeconds).toBe(timeouts.reduce((sum, each) => sum + each, announcement + waitForRoom));
    expect(executionTimeout().toSeconds()).toBe(2 * 90 + (12 + 100) * 930 + 114 * 7 + 902 + 6 * 30 + 31);
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
