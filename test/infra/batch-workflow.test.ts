import { createRequire } from 'node:module';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { BATCH_STATES } from '../../contracts/batch.ts';
import { NO_ROOM_ERRORS, RETRYABLE_ERRORS, RETRYABLE_START_ERRORS } from '../../contracts/retries.ts';
import { NamedError } from '../../core/errors.ts';
import { triesAgain, waitsForRoom } from './retries.ts';
import { machineIds, parseDefinition, synthesizeStack } from './synthesize.ts';

// biome-ignore lint/suspicious/noExplicitAny: a state, or its input, is looked into, whatever its type
type Any = any;

const { resources } = synthesizeStack({ batchConcurrency: 3 });
const machines = machineIds(resources);
const arnOf = (id: string) => `arn:aws:lambda:eu-central-1:111122223333:function:${id}`;
const definition = parseDefinition(resources, arnOf, machines.batch);
const each: Any = definition.States[BATCH_STATES.eachDataset];
const iteration: Any = each.ItemProcessor;

const item = (name: string) => ({
  dataset: `s3://lake/incoming/${name}.csv`,
  etag: `"${name}"`,
  execution: `${name}-1`,
  output: `s3://lake/balanced/${name}`,
  start: { dataset: { uri: `s3://lake/incoming/${name}.csv` } },
});

/** Runs the definition with made-up functions and nested executions. */
async function run(plan: object, rebalance: (input: Any, call: number) => unknown) {
  const calls: { state: string; input: Any }[] = [];
  const handle = (state: string, answer: (input: Any, call: number) => unknown) => async (input: Any) => {
    calls.push({ state, input: structuredClone(input) });
    return structuredClone(answer(input, calls.length)) as Any;
  };
  const handlers = {
    [BATCH_STATES.listDatasets]: handle(BATCH_STATES.listDatasets, () => plan),
    [BATCH_STATES.rebalance]: handle(BATCH_STATES.rebalance, rebalance),
    [BATCH_STATES.summarize]: handle(BATCH_STATES.summarize, () => ({ summary: 's3://lake/summary.json', counts: {} })),
  };
  const { result } = new StateMachine(definition).run(
    { select: 'all' },
    {
      overrides: {
        taskResourceLocalHandlers: handlers,
        retryIntervalOverrides: Object.fromEntries(Object.keys(handlers).map((state) => [state, 0])),
      },
      context: { Execution: { Name: 'batch-1' } },
    },
  );
  const output = await result;
  return {
    output,
    calls,
    inputsOf: (state: string) => calls.filter((call) => call.state === state).map((c) => c.input),
  };
}

const manifestOf = (input: Any) => ({ Output: { outputs: { manifest: `${input.Name}/manifest.json` } } });

describe('the batch state machine', () => {
  it('passes the validator of the States language', () => {
    const validate = createRequire(import.meta.resolve('aws-local-stepfunctions'))('asl-validator');
    expect(validate(structuredClone(definition))).toMatchObject({ isValid: true, errors: [] });
  });

  it('runs a bounded number of tables at once, each as an execution that it waits for, and can start again by name', () => {
    expect(each).toMatchObject({ Type: 'Map', MaxConcurrency: 3, ItemsPath: '$.items', ResultPath: '$.outcomes' });
    expect(iteration.ProcessorConfig ?? { Mode: 'INLINE' }).toMatchObject({ Mode: 'INLINE' });
    expect(iteration.States[BATCH_STATES.rebalance]).toMatchObject({
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: arnOf(machines.run), 'Input.$': '$.start', 'Name.$': '$.execution' },
    });
  });

  it('catches what goes wrong with a table there, and has no Catch on the Map, which emulators ignore', () => {
    expect(iteration.States[BATCH_STATES.rebalance].Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: BATCH_STATES.failed },
    ]);
    expect(each).not.toHaveProperty('Catch');
    expect(each).not.toHaveProperty('Retry');
  });

  it('tries again what may pass: starts that are throttled, and its own functions', () => {
    const retried = (state: Any) => state.Retry.map((retry: Any) => [retry.ErrorEquals, retry.JitterStrategy]);
    expect(retried(iteration.States[BATCH_STATES.rebalance])).toEqual([[RETRYABLE_START_ERRORS, 'FULL']]);
    for (const state of [BATCH_STATES.listDatasets, BATCH_STATES.summarize]) {
      expect(definition.States[state]).toHaveProperty('Retry', [
        waitsForRoom(NO_ROOM_ERRORS),
        triesAgain(RETRYABLE_ERRORS),
      ]);
    }
  });

  it('does not let one bad table stop the others, and tells SummarizeBatch how each fared', async () => {
    class TaskFailed extends NamedError {}
    const { output, inputsOf } = await run(
      { items: [item('good'), item('bad'), item('fine')], unchanged: 4, postponed: 0 },
      (input) => {
        if (input.Name === 'bad-1') throw new TaskFailed('a very long cause'.repeat(1000));
        return manifestOf(input);
      },
    );
    expect(inputsOf(BATCH_STATES.listDatasets)).toEqual([
      { batch: { id: 'batch-1', startedAt: expect.any(String) }, request: { select: 'all' } },
    ]);
    const known = ({ dataset, etag, execution }: ReturnType<typeof item>) => ({ dataset, etag, execution });
    const [summarized] = inputsOf(BATCH_STATES.summarize);
    expect(summarized).toEqual({
      batch: { id: 'batch-1', startedAt: expect.any(String) },
      request: { select: 'all' },
      plan: { unchanged: 4, postponed: 0 },
      outcomes: [
        { ...known(item('good')), status: 'succeeded', manifest: 'good-1/manifest.json' },
        { ...known(item('bad')), status: 'failed', output: 's3://lake/balanced/bad' },
        { ...known(item('fine')), status: 'succeeded', manifest: 'fine-1/manifest.json' },
      ],
    });
    expect(output).toEqual({ summary: 's3://lake/summary.json', counts: {} });
  });

  it('writes a summary also where there was nothing to do', async () => {
    const { inputsOf } = await run({ items: [], unchanged: 2, postponed: 0 }, manifestOf);
    expect(inputsOf(BATCH_STATES.rebalance)).toEqual([]);
    expect(inputsOf(BATCH_STATES.summarize)[0].outcomes).toEqual([]);
  });
});
