import { type ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, TooFewMinorityRowsError } from '../../contracts/errors.ts';
import { datasetRebalancedSchema, rebalanceFailedSchema } from '../../contracts/outgoing-events.ts';
import { runResultSchema } from '../../contracts/run-result.ts';
import { ANNOUNCEMENT_STATES, HAPPY_PATH, STATES, type StateName } from '../../contracts/states.ts';
import { NamedError } from '../../core/errors.ts';
import { generateDefinition } from '../../scripts/generate-definition.ts';

/** What each state is given and what it answers; by default a result that names it. */
type Handlers = Partial<Record<AnyState, (input: Input, call: number) => unknown>>;
type AnyState = StateName | (typeof ANNOUNCEMENT_STATES)[keyof typeof ANNOUNCEMENT_STATES];
const TASKS: readonly AnyState[] = [...Object.values(STATES), ...Object.values(ANNOUNCEMENT_STATES)];
// biome-ignore lint/suspicious/noExplicitAny: payloads are looked into, whatever their state
type Input = any;

const START = { dataset: { uri: 's3://bucket/incoming/adult.csv' } };
const REQUEST = { ...START, seed: 0, output: { uri: 's3://bucket/balanced/adult' } };
const machine = new StateMachine(JSON.parse(generateDefinition()));

/** Runs the definition with made-up steps, without waiting between retries. */
async function run(handlers: Handlers, start: Input = START) {
  const calls: { state: AnyState; input: Input }[] = [];
  const handle = (state: AnyState) => async (input: Input) => {
    calls.push({ state, input: structuredClone(input) });
    const answer =
      handlers[state] ?? (state === STATES.resolveRequest ? resolve : () => ({ from: state, ...RESULTS[state] }));
    return structuredClone(answer(input, calls.filter((call) => call.state === state).length)) as Input;
  };
  const { result, eventLogs } = machine.run(start, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(TASKS.map((state) => [state, handle(state)])),
      retryIntervalOverrides: Object.fromEntries(TASKS.map((state) => [state, 0])),
    },
    context: { Execution: { Name: 'run-1' } },
  });
  const outcome = await result.then(
    (output: Input) => ({ output }),
    (error: ExecutionError) => ({ error }),
  );
  const events = [];
  for await (const event of eventLogs) events.push(event);
  return { outcome, calls, events, inputOf: (state: AnyState) => calls.find((call) => call.state === state)?.input };
}

const ROWS = { majority: 90, minority: 10 };
const BALANCED = { majority: 12, minority: 12 };
const SCORES = {
  truePositives: 5,
  falsePositives: 2,
  trueNegatives: 16,
  falseNegatives: 0,
  recall: 1,
  precision: null,
  f1: null,
  mcc: null,
  falsePositiveRate: 2 / 18,
  prAuc: null,
  recallAtUndersampledFpr: null,
};
const OUTPUT = { name: 'train.csv', uri: 's3://bucket/balanced/adult/train.csv', bytes: 9, sha256: '0'.repeat(64) };

const ITEM = { strategy: 'none', repeat: 0, fold: 0 };

/** As much of each state's result as the description of the run is made of. */
const RESULTS: Partial<Record<AnyState, object>> = {
  PrepareDataset: {
    input: { bytes: 7, sha256: 'f'.repeat(64), versionId: 'v1' },
    target: { column: 'income', minority: '>50K', majority: '<=50K' },
    counts: { read: ROWS, usable: ROWS, train: ROWS, test: { majority: 18, minority: 5 } },
  },
  SelectRows: { generated: 10, newFeatureRows: 2 },
  MergeRows: { counts: { majority: 90, minority: 12 } },
  UndersampleMajority: { counts: BALANCED },
  PlanComparison: { compared: { rows: 's3://…/train.table', assignment: 's3://…/folds.arrays' }, items: [ITEM] },
  FitModel: { strategy: 'algorithm-1@1', counts: BALANCED },
  EvaluateResult: {
    observed: { ...SCORES, truePositives: 3, falsePositives: 1 },
    undersampled: SCORES,
    rebalanced: SCORES,
    published: SCORES,
  },
  WriteReport: { verdict: 'Class weights do as well: prefer them.' },
  PublishDataset: { manifest: 's3://bucket/balanced/adult/manifest.json', outputs: [OUTPUT] },
};

function resultOf(state: AnyState) {
  return { from: state, ...RESULTS[state] };
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
    expect(calls.map(({ state }) => state).sort()).toEqual([...HAPPY_PATH, 'AnnounceResult'].sort());
    const execution = { id: 'run-1', startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) };
    expect(inputOf('ResolveRequest')).toEqual({ execution, start: START });

    const resolved = { execution, request: REQUEST, durationMs: 1 };
    const prepared = { prepared: resultOf('PrepareDataset') };
    const generator = { generator: resultOf('TrainGenerator') };
    expect(inputOf('PrepareDataset')).toEqual(resolved);
    expect(inputOf('TrainGenerator')).toEqual({ ...resolved, ...prepared });
    expect(inputOf('TrainDiscriminator')).toEqual({ ...resolved, ...prepared });
    expect(inputOf('GenerateRows')).toEqual({ ...resolved, ...prepared, ...generator });

    const merged = {
      execution,
      request: REQUEST,
      ...prepared,
      ...generator,
      generated: resultOf('GenerateRows'),
      discriminator: resultOf('TrainDiscriminator'),
    };
    expect(inputOf('SelectRows')).toEqual(merged);
    const added = {
      selected: resultOf('SelectRows'),
      merged: resultOf('MergeRows'),
      undersampled: resultOf('UndersampleMajority'),
      planned: resultOf('PlanComparison'),
      model: resultOf('FitModel'),
      evaluation: resultOf('EvaluateResult'),
      report: resultOf('WriteReport'),
    };
    const { compared } = RESULTS.PlanComparison as { compared: object };
    expect(inputOf('EvaluateFold')).toEqual({ execution, request: REQUEST, ...prepared, compared, item: ITEM });
    expect(inputOf('PublishDataset')).toEqual({ ...merged, ...added });
    expect(outcome).toEqual({ output: inputOf('AnnounceResult').Entries[0].Detail });
  });

  it('ends with references, counts and scores, as its contract says, and a sentence for people', async () => {
    const { outcome } = await run({}, { ...START, note: 'x'.repeat(50_000) });
    const output = (outcome as Input).output;
    expect(runResultSchema.parse(output)).toEqual(output);
    expect(output).toMatchObject({
      execution: { id: 'run-1' },
      dataset: REQUEST.dataset.uri,
      outputs: { manifest: 's3://bucket/balanced/adult/manifest.json', files: [OUTPUT] },
      counts: { read: ROWS, generated: 10, newFeatureRows: 2, rebalanced: BALANCED },
      strategy: 'algorithm-1@1',
      verdict: 'Class weights do as well: prefer them.',
    });
    expect(JSON.stringify(output).length).toBeLessThan(4 * 1024);
  });

  it('announces what it ends with', async () => {
    const { inputOf } = await run({});
    const [{ Source: source, DetailType, Detail: detail }] = inputOf('AnnounceResult').Entries;
    const event = { source, resources: [], 'detail-type': DetailType, detail };
    expect(datasetRebalancedSchema.parse(event)).toEqual(event);
  });

  it('fails where that cannot be announced, after six tries, and records no failure of what is published', async () => {
    const { outcome, calls } = await run({ AnnounceResult: failWith(new StoreUnavailableError('no bus')) });
    expect(calls.filter(({ state }) => state === 'AnnounceResult')).toHaveLength(6);
    expect(calls.map(({ state }) => state)).not.toContain('RecordFailure');
    expect(outcome).toMatchObject({ error: { cause: { name: 'StoreUnavailableError', message: 'no bus' } } });
  });

  it('tries a step again that fails twice with a retryable error, with the same input', async () => {
    const failing = (_: Input, call: number) => {
      if (call <= 2) throw new StoreUnavailableError('slow down');
      return { from: 'third try', counts: ROWS };
    };
    for (const state of [STATES.mergeRows, STATES.trainDiscriminator]) {
      const { outcome, calls, inputOf } = await run({ [state]: failing });
      const tries = calls.filter((call) => call.state === state);
      expect(tries).toHaveLength(3);
      expect(tries[2].input).toEqual(tries[0].input);
      const key = state === STATES.mergeRows ? 'merged' : 'discriminator';
      expect(inputOf('PublishDataset')[key]).toMatchObject({ from: 'third try' });
      expect(outcome).toHaveProperty('output');
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
    expect(calls.slice(-2).map(({ state }) => state)).toEqual(['RecordFailure', 'AnnounceFailure']);
    const { workflow, execution } = inputOf('RecordFailure');
    expect(execution).toEqual(workflow.execution);
    expect(workflow).toMatchObject({ request: REQUEST, failure: { Error: 'TooFewMinorityRowsError', Cause: cause } });
    expect(outcome).toMatchObject({ error: { cause: { name: 'TooFewMinorityRowsError', message: cause } } });
  });

  it('on a fold is caught by the Map, with all that was known before it', async () => {
    const { outcome, inputOf, calls } = await run({
      EvaluateFold: failWith(new TooFewMinorityRowsError(cause)),
      RecordFailure: recordFailure,
    });
    const { workflow } = inputOf('RecordFailure');
    expect(Object.keys(workflow)).toContain('planned');
    expect(workflow.failure).toEqual({ Error: 'TooFewMinorityRowsError', Cause: cause });
    expect(calls.map(({ state }) => state)).not.toContain('FitModel');
    expect(outcome).toMatchObject({ error: { cause: { name: 'TooFewMinorityRowsError' } } });
  });

  it('has nothing to do for the Map where nothing is compared', async () => {
    const { outcome, calls } = await run({ PlanComparison: () => ({ items: [] }) });
    expect(calls.map(({ state }) => state)).not.toContain('EvaluateFold');
    expect(outcome).toHaveProperty('output');
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

  it('is announced with what was recorded', async () => {
    const { inputOf } = await run({
      PrepareDataset: failWith(new TooFewMinorityRowsError(cause)),
      RecordFailure: recordFailure,
    });
    const [{ Source: source, DetailType, Detail: detail }] = inputOf('AnnounceFailure').Entries;
    const event = { source, resources: [], 'detail-type': DetailType, detail };
    expect(rebalanceFailedSchema.parse(event)).toEqual(event);
    expect(detail).toEqual({
      execution: { id: 'run-1', startedAt: expect.any(String) },
      failure: { Error: 'TooFewMinorityRowsError', Cause: cause, manifest: 's3://…' },
    });
  });

  it('ends with its own failure also where that cannot be announced', async () => {
    const { outcome } = await run({
      PrepareDataset: failWith(new TooFewMinorityRowsError(cause)),
      RecordFailure: recordFailure,
      AnnounceFailure: failWith(new StoreUnavailableError('no bus')),
    });
    expect(outcome).toMatchObject({ error: { cause: { name: 'TooFewMinorityRowsError', message: cause } } });
  });

  it('before there is a request is recorded with what somebody sent', async () => {
    const { inputOf } = await run({ ResolveRequest: failWith(new TooFewMinorityRowsError(cause)) }, { dataset: 7 });
    expect(inputOf('RecordFailure').workflow).toEqual({
      dataset: 7,
      failure: { Error: 'TooFewMinorityRowsError', Cause: cause },
    });
  });

  it('for want of room among the functions of the account is tried twenty times before it fails', async () => {
    const noRoom = Object.assign(new Error('Rate Exceeded.'), { name: 'Lambda.TooManyRequestsException' });
    const { calls, outcome } = await run({ EvaluateFold: failWith(noRoom), RecordFailure: recordFailure });
    expect(calls.filter(({ state }) => state === 'EvaluateFold')).toHaveLength(1 + 19);
    expect(outcome).toMatchObject({ error: { cause: { name: 'Lambda.TooManyRequestsException' } } });
    const refusedOften = (_: Input, call: number) => {
      if (call <= 12) throw noRoom;
      return {};
    };
    expect((await run({ EvaluateFold: refusedOften })).outcome).toHaveProperty('output');
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
