import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CONTAINER_ENVIRONMENT } from '../../contracts/container.ts';
import { resolveStart } from '../../contracts/start-event.ts';
import { STATES } from '../../contracts/states.ts';
import { workflowSchema } from '../../contracts/workflow.ts';
import { writeBundle } from '../../infra/step-bundle.ts';
import { type FakeStepFunctions, fakeStepFunctions } from './fake-step-functions.ts';

const runsHere = process.platform === 'linux';
if (!runsHere) console.warn('the container’s bundle has DuckDB for Linux, so it is not run on this machine');

let folder: string;
let request: object;
const started: ChildProcess[] = [];
const servers: FakeStepFunctions[] = [];

const EXECUTION = { id: 'run-1', startedAt: '2026-01-01T00:00:00.000Z' };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-container-'));
  mkdirSync(join(folder, 'step'));
  writeBundle('Container', join(folder, 'step'), process.arch === 'arm64' ? 'arm64' : 'x64');
  const rows = Array.from({ length: 400 }, (_, n) => `${(n * 7) % 50},${n % 3 ? 'a' : 'b'},${n % 8 ? 'no' : 'yes'}`);
  writeFileSync(join(folder, 'table.csv'), `amount,kind,fraud\n${rows.join('\n')}\n`);
  request = resolveStart({
    dataset: { uri: pathToFileURL(join(folder, 'table.csv')).href },
    generator: { type: 'autoencoder', epochs: 10_000 },
    output: { uri: pathToFileURL(join(folder, 'out')).href },
  });
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the bundle as the image does, with what the state machine gives to it. */
async function start(state: string, payload: unknown, options?: Parameters<typeof fakeStepFunctions>[0]) {
  const server = await fakeStepFunctions(options);
  servers.push(server);
  const payloadFile = join(folder, `${state}.payload.json`);
  if (payload !== undefined) writeFileSync(payloadFile, JSON.stringify(payload));
  const child = spawn(process.execPath, ['index.mjs'], {
    cwd: join(folder, 'step'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: '--enable-source-maps',
      [CONTAINER_ENVIRONMENT.state]: state,
      [CONTAINER_ENVIRONMENT.payload]: pathToFileURL(payloadFile).href,
      [CONTAINER_ENVIRONMENT.taskToken]: 'token-1',
      POWERTOOLS_SERVICE_NAME: 'theirs',
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
      AWS_ENDPOINT_URL_SFN: server.endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  });
  started.push(child);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, 'close').then(async ([code]) => ({
    code: code as number | null,
    logs: (await output)
      .join('\n')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line)),
    last: server.reports.filter(({ kind }) => kind !== 'Heartbeat'),
  }));
  return { child, server, ended };
}

async function run(...task: Parameters<typeof start>) {
  return (await start(...task)).ended;
}

/** The process that does the work. */
async function workerOf(child: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(child.pid)]);
  return Number(stdout.trim().split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.runIf(runsHere)('a step in a container', () => {
  it('reports what its function would answer, by its token, and that it is alive', async () => {
    const { server, ended } = await start(STATES.prepareDataset, { execution: EXECUTION, request, more: 'stripped' });
    const { code, last, logs } = await ended;
    expect(code).toBe(0);
    expect(server.reports[0]).toEqual({ kind: 'Heartbeat', taskToken: 'token-1' });
    expect(last).toEqual([{ kind: 'Success', taskToken: 'token-1', output: expect.any(String) }]);
    const prepared = workflowSchema.shape.prepared.parse(JSON.parse(last[0].output!));
    expect(prepared.counts.read).toEqual({ majority: 350, minority: 50 });
    expect(prepared.encodedBytes).toBe(400 * prepared.encodedAttributes * 4);
    expect(readdirSync(join(folder, 'out/runs/run-1/prepare-dataset'))).toContain('train.table');
    expect(logs).toContainEqual(expect.objectContaining({ message: 'task', end: 'succeeded', service: 'theirs' }));
    expect(logs.find((line) => '_aws' in line && 'StepDuration' in line)).toMatchObject({
      state: 'PrepareDataset',
      service: 'theirs',
      RowsIn: 400,
    });
  });

  it.each([
    [
      'an error of the step',
      STATES.prepareDataset,
      () => ({ execution: EXECUTION, request: { ...request, target: { column: 'none' } } }),
      'UnknownTargetError',
      /none/,
    ],
    ['a payload that is not its own', STATES.mergeRows, () => ({}), 'InvalidPayloadError', /^MergeRows got a payload/],
    ['no payload', STATES.selectRows, () => undefined, 'ObjectNotFoundError', /SelectRows\.payload\.json/],
    ['a step that there is not', 'SelectRaws', () => ({}), 'InvalidArgumentError', /found SelectRaws, needed one of/],
  ])('reports %s under its name, with its message', async (_, state, payload, error, cause) => {
    const { code, last } = await run(state, payload());
    expect(last).toEqual([{ kind: 'Failure', taskToken: 'token-1', error, cause: expect.stringMatching(cause) }]);
    expect(code).toBe(1);
  });

  it('logs an error as its function would', async () => {
    const { logs } = await run(STATES.mergeRows, {});
    expect(logs.find(({ level }) => level === 'ERROR')).toMatchObject({
      state: 'MergeRows',
      service: 'theirs',
      error: { name: 'InvalidPayloadError', message: expect.stringMatching(/^MergeRows got a payload/) },
    });
  });

  it('does not start without its environment, and says what is missing', async () => {
    const child = spawn(process.execPath, ['index.mjs'], {
      cwd: join(folder, 'step'),
      env: { PATH: process.env.PATH },
    });
    const [said] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(said).toContain('found no environment variable COUNTERPOISE_STATE, which the state machine sets');
  });

  describe('that takes long', () => {
    async function startTraining(options?: Parameters<typeof fakeStepFunctions>[0]) {
      const { last } = await run(STATES.prepareDataset, { execution: EXECUTION, request });
      const prepared = JSON.parse(last[0].output!);
      const long = {
        ...request,
        generator: { ...(request as never as { generator: object }).generator, epochs: 100_000 },
      };
      return start(STATES.trainGenerator, { execution: EXECUTION, request: long, prepared }, options);
    }

    it('and is told to stop says so under a name that is retried, and leaves no process behind', async () => {
      const { child, server, ended } = await startTraining();
      await server.waitFor(({ kind }) => kind === 'Heartbeat');
      const worker = await workerOf(child);
      child.kill('SIGTERM');
      const { code, last } = await ended;
      expect(last).toEqual([
        {
          kind: 'Failure',
          taskToken: 'token-1',
          error: 'StepStoppedError',
          cause: 'The container of TrainGenerator was told to stop (SIGTERM) before the step was done',
        },
      ]);
      expect(code).toBe(1);
      expect(isAlive(worker)).toBe(false);
    });

    it('and whose process is killed says so, under a name that is not retried', async () => {
      const { child, server, ended } = await startTraining();
      await server.waitFor(({ kind }) => kind === 'Heartbeat');
      process.kill(await workerOf(child), 'SIGKILL');
      expect((await ended).last).toEqual([
        {
          kind: 'Failure',
          taskToken: 'token-1',
          error: 'StepCrashedError',
          cause:
            'The process of TrainGenerator ended (SIGKILL) without an answer; most likely it needed more memory than the ' +
            'container has',
        },
      ]);
    });

    it('and that nobody waits for any more is given up, and nothing is reported', async () => {
      const { ended } = await startTraining({ refuseHeartbeats: true });
      const { code, last, logs } = await ended;
      expect([code, last]).toEqual([1, []]);
      expect(logs).toContainEqual(expect.objectContaining({ message: 'task', end: 'abandoned' }));
    });
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(new URL('../../infra/container/Dockerfile', import.meta.url), 'utf8');

  it('has the Node that the tests ran on, runs the bundle, and not as root', () => {
    expect(dockerfile).toMatch(/^FROM node:24\.\d+\.\d+-bookworm-slim$/m);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", "index\.mjs"\]$/m);
  });

  it('copies what the bundle is made of, and nothing else', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, files]) => files.split(' '));
    expect(copied.sort()).toEqual(readdirSync(join(folder, 'step')).sort());
  });
});
