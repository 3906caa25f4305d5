import { type ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, TooFewMinorityRowsError } from '../../contracts/errors.ts';
import { HAPPY_PATH, STATES, type StateName } from '../../contracts/states.ts';
import { workflowSchema } from '../../contracts/workflow.ts';
import { NamedError } from '../../core/errors.ts';
import { generateDefinition } from '../../scripts/generate-definition.ts';

/** What each state is given and what it answers; by default a result that names it. */
type Handlers = Partial<Record<StateName, (input: Input, call: number) => unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: payloads are looked into, whatever their state
type Input = any;

const START = { dataset: { uri: 's3://bucket/incoming/adult.csv' } };
const REQUEST = { ...START, seed: 0, output: { uri: 's3://bucket/balanced/adult' } };
const machine = new StateMachine(JSON.parse(generateDefinition()));

/** Runs the definition with made-up steps, without waiting between retries. */
async function run(handlers: Handlers, start: Input = START) {
  const calls: { state: StateName; input: Input }[] = [];
  const handle = (state: StateName) => async (input: Input) => {
    calls.push({ state, input: structuredClone(input) });
    const answer = handlers[state] ?? (state === STATES.resolveRequest ? resolve : () => ({ from: state }));
    return structuredClone(answer(input, calls.filter((call) => call.state === state).length)) as Input;
  };
  const states = Object.values(STATES);
  const { result, eventLogs } = machine.run(start, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(states.map((state) => [state, handle(state)])),
      retryIntervalOverrides: Object.fromEntries(states.map((state) => [state, 0])),
    },
    context: { Execution: { Name: 'run-1' } },
  });
  const outcome = await result.then(
    (output: Input) => ({ output }),
    (error: ExecutionError) => ({ error }),
  );
  const events = [];
  for await (const event of eventLogs) events.push(event);
  return { outcome, calls, events, inputOf: (state: StateName) => calls.find((call) => call.state === state)?.input };
}

function resolve(input: Input) {
  return { execution: input.execution, request: REQUEST, durationMs: 1 };
}

function failWith(error: Error) {
  return () => {
    throw error;
  };
}

describe('a run that goes well', () => {
  it('gives every state what the ones before it added, under their own keys', async () => {
    const { inputOf, outcome, calls } = await run({});
    expect(calls.map(({ state }) => state).sort()).toEqual([...HAPPY_PATH].sort());
    const execution = { id: 'run-1', startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) };
    expect(inputOf('ResolveRequest')).toEqual({ execution, start: START });

    const resolved = { execution, request: REQUEST, durationMs: 1 };
    const prepared = { prepared: { from: 'PrepareDataset' } };
    const generator = { generator: { from: 'TrainGenerator' } };
    expect(inputOf('PrepareDataset')).toEqual(resolved);
    expect(inputOf('TrainGenerator')).toEqual({ ...resolved, ...prepared });
    expect(inputOf('TrainDiscriminator')).toEqual({ ...resolved, ...prepared });
    expect(inputOf('GenerateRows')).toEqual({ ...resolved, ...prepared, ...generator });

    const merged = {
      execution,
      request: REQUEST,
      ...prepared,
      ...generator,
      generated: { from: 'GenerateRows' },
      discriminator: { from: 'TrainDiscriminator' },
    };
    expect(inputOf('SelectRows')).toEqual(merged);
    const added = {
      selected: { from: 'SelectRows' },
      merged: { from: 'MergeRows' },
      undersampled: { from: 'UndersampleMajority' },
      evaluation: { from: 'EvaluateResult' },
    };
    expect(inputOf('PublishDataset')).toEqual({ ...merged, ...added });
    expect(outcome).toEqual({ output: { ...merged, ...added, published: { from: 'PublishDataset' } } });
  });

  it('ends with every part of the one workflow, and no other', async () => {
    const { outcome } = await run({});
    expect(Object.keys((outcome as Input).output).sort()).toEqual(Object.keys(workflowSchema.shape).sort());
  });

  it('tries a step again that fails twice with a retryable error, with the same input', async () => {
    const failing = (_: Input, call: number) => {
      if (call <= 2) throw new StoreUnavailableError('slow down');
      return { from: 'third try' };
    };
    for (const state of [STATES.mergeRows, STATES.trainDiscriminator]) {
      const { outcome, calls } = await run({ [state]: failing });
      const tries = calls.filter((call) => call.state === state);
      expect(tries).toHaveLength(3);
      expect(tries[2].input).toEqual(tries[0].input);
      const key = state === STATES.mergeRows ? 'merged' : 'discriminator';
      expect((outcome as Input).output[key]).toEqual({ from: 'third try' });
    }
  });
});

describe('a run that fails', () => {
  const cause = '3 rows of ">50K", needed 5';
  const recordFailure = ({ workflow }: Input) => ({ ...workflow.failure, manifest: 's3://…' });

  it.each([STATES.prepareDataset, STATES.publishDataset])('in %s is recorded and ends in Fail', async (state) => {
    const { outcome, calls, inputOf } = await run({
      [state]: failWith(new TooFewMinorityRowsError(cause)),
      RecordFailure: recordFailure,
    });
    expect(calls.filter((call) => call.state === state)).toHaveLength(1);
    expect(calls.at(-1)?.state).toBe('RecordFailure');
    const { workflow, execution } = inputOf('RecordFailure');
    expect(execution).toEqual(workflow.execution);
    expect(workflow).toMatchObject({ request: REQUEST, failure: { Error: 'TooFewMinorityRowsError', Cause: cause } });
    expect(outcome).toMatchObject({ error: { cause: { name: 'TooFewMinorityRowsError', message: cause } } });
  });

  it('in a branch is caught by the Parallel, with all that was known before it', async () => {
    const { outcome, inputOf, calls } = await run({
      TrainDiscriminator: failWith(new TooFewMinorityRowsError(cause)),
      RecordFailure: recordFailure,
    });
    const { workflow } = inputOf('RecordFailure');
    expect(Object.keys(workflow).sort()).toEqual(['durationMs', 'execution', 'failure', 'prepared', 'request']);
    expect(workflow.failure).toEqual({ Error: 'TooFewMinorityRowsError', Cause: cause });
    expect(calls.map(({ state }) => state)).not.toContain('SelectRows');
    expect(outcome).toMatchObject({ error: { cause: { name: 'TooFewMinorityRowsError', message: cause } } });
  });

  it('before there is a request is recorded with what somebody sent', async () => {
    const { inputOf } = await run({ ResolveRequest: failWith(new TooFewMinorityRowsError(cause)) }, { dataset: 7 });
    expect(inputOf('RecordFailure').workflow).toEqual({
      dataset: 7,
      failure: { Error: 'TooFewMinorityRowsError', Cause: cause },
    });
  });

  it('for ever with a retryable error is tried four times and then recorded', async () => {
    const { calls, outcome, events } = await run({
      SelectRows: failWith(new StoreUnavailableError('slow down')),
      RecordFailure: recordFailure,
    });
    expect(calls.filter(({ state }) => state === 'SelectRows')).toHaveLength(1 + 3);
    expect(events.filter(({ type }) => type === 'StateRetried')).toHaveLength(3);
    expect(outcome).toMatchObject({ error: { cause: { name: 'StoreUnavailableError', message: 'slow down' } } });
  });

  it('says what RecordFailure made of the cause', async () => {
    const inWords = { Error: 'TooFewMinorityRowsError', Cause: 'in words' };
    const { outcome } = await run({
      PrepareDataset: failWith(new TooFewMinorityRowsError('{"errorMessage":"in words"}')),
      RecordFailure: () => inWords,
    });
    expect(outcome).toMatchObject({ error: { cause: { name: inWords.Error, message: 'in words' } } });
  });

  it('still says what failed first where even recording it fails', async () => {
    class RecordError extends NamedError {}
    const { outcome } = await run({
      PrepareDataset: failWith(new TooFewMinorityRowsError(cause)),
      RecordFailure: failWith(new RecordError('no bucket')),
    });
    expect(outcome).toMatchObject({ error: { cause: { name: 'TooFewMinorityRowsError', message: cause } } });
  });
});
