import { readFileSync } from 'node:fs';
import {
  ExecutionAlreadyExists,
  ExecutionLimitExceeded,
  type SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import { describe, expect, it, vi } from 'vitest';
import { InvalidPayloadError, ObjectNotFoundError, StoreUnavailableError } from '../../contracts/errors.ts';
import { resolveStart } from '../../contracts/start-event.ts';
import { STATES } from '../../contracts/states.ts';
import { startRun } from '../../functions/start-run/start-run.ts';
import { stepFunctions } from '../../functions/start-run/step-functions.ts';
import { STEPS } from '../../functions/steps.ts';

const sample = JSON.parse(readFileSync(new URL('../../events/s3-object-created.json', import.meta.url), 'utf8'));
const KEY = 'incoming/eu west/transactions+2026.csv';

/** Changes of the sample's object. */
function upload(object: Record<string, string | undefined> = {}) {
  return { ...sample, detail: { ...sample.detail, object: { ...sample.detail.object, ...object } } };
}

/** A store that answers everything with this error. */
function failingStore(error: Error) {
  return { describe: () => Promise.reject(error), read: () => Promise.reject(error) };
}

/** Uploads `event` where the bucket has these files, and says what was started, with what was asked for on the way. */
async function start(event: unknown, files: Record<string, string> = {}, defaults = {}) {
  const asked: string[] = [];
  const store = {
    async describe(uri: string) {
      asked.push(uri.slice('s3://example-data/'.length));
      const file = files[asked.at(-1)!];
      if (file === undefined) throw new ObjectNotFoundError(uri);
      return { bytes: Buffer.byteLength(file) };
    },
    async read(uri: string) {
      return new TextEncoder().encode(files[uri.slice('s3://example-data/'.length)]);
    },
  };
  const startExecution = vi.fn(async (_name: string, _input: object) => 'started' as const);
  const result = await startRun(event, { store, defaults, startExecution });
  const [name, input] = startExecution.mock.calls[0] ?? [];
  // biome-ignore lint/suspicious/noExplicitAny: what is started is looked into
  return { result, asked, name, input: input as any };
}

describe('an upload', () => {
  it('starts a run for its very version, whatever is in its key', async () => {
    const { input, result, name } = await start(upload());
    expect(result).toEqual({ outcome: 'started', execution: name });
    expect(resolveStart(input)).toMatchObject({
      dataset: { uri: `s3://example-data/${KEY}`, versionId: 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e' },
      output: { uri: 's3://example-data/balanced/eu west/transactions+2026' },
    });
  });

  it.each(['incoming/Größe & Gewicht/日本 🎲.csv', 'incoming/100% (neu).parquet', 'incoming/a=b/c+d e.csv'])(
    'of %s keeps its key as it is',
    async (key) => {
      const { input, name } = await start(upload({ key }));
      expect(resolveStart(input).dataset.uri).toBe(`s3://example-data/${key}`);
      expect(name).toMatch(/^[A-Za-z0-9-]{32,80}$/);
    },
  );

  it.each([
    'incoming/eu west/rebalance.json',
    'incoming/adult.csv.rebalance.json',
    'incoming/',
    'incoming/new folder/',
    'balanced/adult/train.csv',
    'balanced/incoming/train.csv',
  ])('of %s starts nothing', async (key) => {
    const { result, name } = await start(upload({ key }));
    expect(result.outcome).toBe('ignored');
    expect(name).toBeUndefined();
  });

  it('is asked about only as an event of S3', async () => {
    await expect(start({ source: 'aws.ec2' })).rejects.toThrow(InvalidPayloadError);
  });
});

describe('the name of the execution', () => {
  const nameOf = async (object: Record<string, string | undefined>) => (await start(upload(object))).name;

  it('is the same for the same version, in an event that comes again', async () => {
    const again = { ...upload(), id: 'another', time: '2026-11-02T00:00:00Z' };
    expect((await start(again)).name).toBe((await start(upload())).name);
    expect((await start(upload())).name).toMatch(/^transactions-2026-[0-9a-f]{32}$/);
  });

  it('is another for another version, key, or, without versions, writing', async () => {
    const names = await Promise.all([
      nameOf({}),
      nameOf({ 'version-id': 'another' }),
      nameOf({ key: 'incoming/eu-west/transactions+2026.csv' }),
      nameOf({ 'version-id': undefined }),
      nameOf({ 'version-id': undefined, sequencer: '00617F08299329D190' }),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has at most 80 characters', async () => {
    expect((await nameOf({ key: `incoming/${'long '.repeat(150)}.csv` }))!.length).toBeLessThanOrEqual(80);
  });
});

describe('an event that comes twice', () => {
  /** Step Functions, as far as names go: a name is taken once. */
  function takenOnce() {
    const started: string[] = [];
    const send = async ({ input: { name } }: { input: { name: string } }) => {
      if (started.includes(name)) throw new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
      started.push(name);
      return {};
    };
    const startExecution = stepFunctions('arn', { send } as unknown as SFNClient);
    const store = failingStore(new ObjectNotFoundError('none'));
    return { started, deliver: (event: unknown) => startRun(event, { store, defaults: {}, startExecution }) };
  }

  it.each([
    ['with versions', {}],
    ['without versions, by its sequencer', { 'version-id': undefined, sequencer: '0062E99A88DC407460' }],
  ])('starts one run, %s', async (_, object) => {
    const { started, deliver } = takenOnce();
    const duplicate = { ...upload(object), id: 'another delivery', time: '2026-11-02T00:00:00Z' };
    const first = await deliver(upload(object));
    expect(first).toMatchObject({ outcome: 'started' });
    expect(await deliver(duplicate)).toEqual({ ...first, outcome: 'already' });
    expect(started).toHaveLength(1);
  });

  it('starts two where the object was written twice, also with the same content', async () => {
    const { started, deliver } = takenOnce();
    for (const sequencer of ['0062E99A88DC407460', '0062E99A88DC407461']) {
      await deliver(upload({ 'version-id': undefined, sequencer }));
    }
    expect(started).toHaveLength(2);
  });
});

describe('an event that cannot be dealt with', () => {
  it.each([
    ['Step Functions runs too much already', new ExecutionLimitExceeded({ message: 'limit', $metadata: {} })],
    ['the state machine is gone', new StateMachineDoesNotExist({ message: 'gone', $metadata: {} })],
  ])('as %s fails its function, so that Lambda tries again and then hands it to the queue', async (_, refusal) => {
    const startExecution = stepFunctions('arn', { send: () => Promise.reject(refusal) } as unknown as SFNClient);
    const store = failingStore(new ObjectNotFoundError('none'));
    await expect(startRun(upload(), { store, defaults: {}, startExecution })).rejects.toBe(refusal);
  });
});

describe('the settings of an upload', () => {
  const own = `${KEY}.rebalance.json`;
  const folder = 'incoming/eu west/rebalance.json';
  const top = 'incoming/rebalance.json';
  const files = { [own]: '{"seed":1}', [folder]: '{"seed":2}', [top]: '{"seed":3}' };

  it.each([
    [{ ...files }, 1, [own]],
    [{ [folder]: files[folder], [top]: files[top] }, 2, [own, folder]],
    [{ [top]: files[top] }, 3, [own, folder, top]],
    [{}, 4, [own, folder, top]],
    [{ 'rebalance.json': '{"seed":5}' }, 4, [own, folder, top]],
  ])('are the nearest of its own, those of the folders above, and the defaults (%#)', async (there, seed, asked) => {
    const started = await start(upload(), there, { seed: 4, sampling: { ratio: 2 } });
    expect(started.input.seed).toBe(seed);
    expect(started.asked).toEqual(asked);
    // Settings are taken whole: what the nearest does not say is not looked for further up.
    expect(resolveStart(started.input).sampling.ratio).toBe(seed === 4 ? 2 : 1);
  });

  it('may say how to read the table and where the results go', async () => {
    const settings = { dataset: { ignore: ['id'] }, output: { uri: 's3://example-data/balanced/elsewhere' } };
    const request = resolveStart((await start(upload(), { [own]: JSON.stringify(settings) })).input);
    expect(request.dataset).toMatchObject({ ignore: ['id'], uri: `s3://example-data/${KEY}` });
    expect(request.output.uri).toBe('s3://example-data/balanced/elsewhere');
  });

  it.each([
    ['{"seed":', /transactions\+2026\.csv\.rebalance\.json cannot be used: found no JSON \(.+\), needed an object/],
    ['[1]', /cannot be used: found \[1\], needed an object such as \{"seed": 1\}/],
    ['{"sed":1}', /cannot be used: The request is not valid:\n {2}- sed: unknown key; did you mean seed\?/],
    ['{"dataset":{"uri":"s3://other/table.csv"}}', /dataset\.uri: not for settings, the upload is the table/],
  ])('%s start a run that fails, says why, and is recorded', async (settings, message) => {
    const { input, result } = await start(upload(), { [own]: settings });
    expect(result.outcome).toBe('started');
    expect(() => resolveStart(input)).toThrow(message);

    const written: string[] = [];
    const store = { write: async (uri: string) => void written.push(uri), createIfAbsent: async () => true };
    const payload = {
      execution: { id: 'run-1', startedAt: '2026-11-01T12:00:00Z' },
      workflow: { ...input, failure: { Error: 'InvalidSettingsError', Cause: 'why' } },
    };
    const recorded = await STEPS[STATES.recordFailure].run(payload as never, { store: store as never });
    const output = 's3://example-data/balanced/eu west/transactions+2026';
    expect(recorded).toMatchObject({
      dataset: `s3://example-data/${KEY}`,
      manifest: `${output}/runs/run-1/record-failure/manifest.json`,
    });
    expect(written).toEqual([`${output}/runs/run-1/record-failure/manifest.json`]);
  });

  it.each([
    ['1,200 unknown keys', Object.fromEntries(Array.from({ length: 1200 }, (_, n) => [`unknown key ${n}`, n]))],
    ['one setting that fills the file', { seed: 'x'.repeat(32_000) }],
    ['more than a settings file may hold', { dataset: { columns: Array.from({ length: 20_000 }, (_, n) => `c${n}`) } }],
  ])('with %s start a run all the same: its input stays small', async (_, settings) => {
    const { input } = await start(upload(), { [own]: JSON.stringify(settings) });
    expect(JSON.stringify(input).length).toBeLessThan(12_000);
    expect(() => resolveStart(input)).toThrow('rebalance.json cannot be used: ');
  });

  it('of a key that no request can name are not looked for; the run fails and says so', async () => {
    const { input, asked } = await start(upload({ key: 'incoming//a.csv' }));
    expect(asked).toEqual([]);
    expect(() => resolveStart(input)).toThrow('with the segment ""');
  });

  it('that cannot be read now are asked for again with the event', async () => {
    const store = failingStore(new StoreUnavailableError('slow down'));
    const startExecution = vi.fn();
    await expect(startRun(upload(), { store, defaults: {}, startExecution })).rejects.toThrow(StoreUnavailableError);
    expect(startExecution).not.toHaveBeenCalled();
  });
});

describe('stepFunctions', () => {
  const client = (send: () => Promise<unknown>) => ({ send: vi.fn(send) }) as unknown as SFNClient;

  it('starts an execution of its state machine', async () => {
    const sfn = client(async () => ({}));
    expect(await stepFunctions('arn:machine', sfn)('name', { seed: 0 })).toBe('started');
    const [[command]] = vi.mocked(sfn.send).mock.calls;
    expect(command).toBeInstanceOf(StartExecutionCommand);
    expect(command.input).toEqual({ stateMachineArn: 'arn:machine', name: 'name', input: '{"seed":0}' });
  });

  it('takes an execution of that name that there was for done, and nothing else', async () => {
    const exists = new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
    expect(
      await stepFunctions(
        'arn',
        client(() => Promise.reject(exists)),
      )('name', {}),
    ).toBe('already');
    const denied = new Error('AccessDenied');
    await expect(
      stepFunctions(
        'arn',
        client(() => Promise.reject(denied)),
      )('name', {}),
    ).rejects.toBe(denied);
  });
});
