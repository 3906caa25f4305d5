import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnknownTargetError } from '../../../contracts/errors.ts';
import { STATES } from '../../../contracts/states.ts';
import { fileUri } from '../../../contracts/uri.ts';
import { VERSION } from '../../../contracts/version.ts';
import { runCli } from '../../../local/command/cli.ts';
import { REQUEST_OPTIONS } from '../../../local/request/options.ts';
import { type FakeContext, fakeContext } from '../fakes/fake-context.ts';
import { fakeManifest } from '../fakes/fake-manifest.ts';
import { type FakeRun, fakeSteps } from '../fakes/fake-steps.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-cli-'));
  writeFileSync(join(folder, 'cards.csv'), 'amount,outcome\n1,fraud\n');
  writeFileSync(join(folder, 'request.json'), '\uFEFF{"dataset":{"uri":"file:///nowhere/x.csv"},"seed":7}');
  writeFileSync(join(folder, 'broken.json'), '{"seed":');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], context: FakeContext = fakeContext(folder)) {
  const code = await runCli(args, context);
  return { code, out: context.out(), err: context.err() };
}

/** Steps that note the request with which they were started. */
function notingSteps(changed: Partial<Record<(typeof STATES)[keyof typeof STATES], FakeRun>> = {}) {
  const requests: unknown[] = [];
  const resolveRequest: FakeRun = async ({ execution, start }) => {
    requests.push(start);
    return { execution, request: start };
  };
  return { requests, steps: fakeSteps({ [STATES.resolveRequest]: resolveRequest, ...changed }) };
}

describe('counterpoise', () => {
  it('prints its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
  });

  it.each([[['--help']], [['rebalance', '--help']], [['help', 'rebalance']]])(
    'explains every option, its default, and the exit codes: %j',
    async (args) => {
      const { code, out, err } = await run(args);
      expect([code, err]).toEqual([0, '']);
      for (const { name } of REQUEST_OPTIONS) expect(out).toContain(`  --${name} <`);
      for (const name of ['out', 'request', 'jobs', 'json', 'quiet']) expect(out).toContain(`--${name}`);
      expect(out).toContain('Levels of splits, at most. Default: 8.');
      expect(out).toMatch(/130 +interrupted/);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  it('rebalances by default, and by name', async () => {
    for (const args of [
      ['cards.csv', '--target', 'outcome', '--seed', '3'],
      ['rebalance', 'cards.csv', '--target', 'outcome', '--seed', '3'],
      ['--seed=3', '--target=outcome', 'cards.csv'],
    ]) {
      const { requests, steps } = notingSteps();
      expect(await run(args, fakeContext(folder, steps))).toMatchObject({ code: 0, err: '' });
      expect(requests).toMatchObject([
        {
          dataset: { uri: fileUri(join(folder, 'cards.csv')) },
          target: { column: 'outcome' },
          output: { uri: fileUri(join(folder, 'out', 'cards')) },
          seed: 3,
        },
      ]);
    }
  });

  it('takes the bundled sample where no table is named', async () => {
    const { requests, steps } = notingSteps();
    expect((await run([], fakeContext(folder, steps))).code).toBe(0);
    expect(requests).toMatchObject([
      {
        dataset: { uri: expect.stringMatching(/^file:\/\/\/.*\/samples\/card-transactions\.csv$/) },
        output: { uri: fileUri(join(folder, 'out', 'card-transactions')) },
      },
    ]);
  });

  it('takes a whole request from a file, and options over it', async () => {
    const { requests, steps } = notingSteps();
    const args = ['cards.csv', '--request', 'request.json', '--ratio', '3', '--out', 'elsewhere'];
    expect((await run(args, fakeContext(folder, steps))).code).toBe(0);
    expect(requests).toMatchObject([
      {
        dataset: { uri: fileUri(join(folder, 'cards.csv')) },
        seed: 7,
        sampling: { ratio: 3 },
        output: { uri: fileUri(join(folder, 'elsewhere')) },
      },
    ]);
  });

  const SEE_HELP = '(counterpoise --help explains every option)\n';

  it.each([
    [['--tagret', 'x'], `error: unknown option '--tagret'\n(Did you mean --target?)\n${SEE_HELP}`],
    [['--ratio'], `error: option '--ratio <x>' argument missing\n${SEE_HELP}`],
    [
      ['rebalence', 'cards.csv'],
      `error: too many arguments for 'rebalance'. Expected 1 argument but got 2: rebalence, cards.csv.\n${SEE_HELP}`,
    ],
    [['cards.csv', '--ratio', 'abc'], '--ratio: found "abc", needed a number from 0.1 to 1000\n'],
    [['cards.csv', '--jobs', 'all'], '--jobs: found "all", needed a whole number from 1 to 256\n'],
    [['card.csv'], () => `input: found no file ${folder}/card.csv; did you mean ${folder}/cards.csv?\n`],
    [['.'], () => `input: found a folder at ${folder}, needed a file\n`],
    [['cards.csv', '--out', 'cards.csv'], () => `--out: ${folder}/cards.csv is not a folder, or lies below a file\n`],
    [['--request', 'none.json'], () => `--request: found no file ${folder}/none.json\n`],
    [
      ['--request', 'broken.json'],
      () => `--request: ${folder}/broken.json is not JSON: Unexpected end of JSON input\n`,
    ],
    [['--request', 'request.json'], 'input: found no file /nowhere/x.csv\n'],
  ])('%j is wrong usage, said in words', async (args, message) => {
    const expected = typeof message === 'string' ? message : message();
    expect(await run(args)).toEqual({ code: 2, out: '', err: expected });
  });
});

describe('counterpoise rebalance', () => {
  it('sums up what came out', async () => {
    const { code, out, err } = await run(['cards.csv']);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toBe(`Counterpoise ${VERSION}  cards.csv -> out/cards`);
    expect(out).toContain('    0.0 s  TrainGenerator      done in 0 ms\n');
    expect(out).toContain('  320 rows generated, 192 kept as new-feature rows.\n');
    expect(out.endsWith('\n  out/cards/manifest.json\n\n  Done in 0 ms.\n')).toBe(true);
  });

  it('prints events as JSON, the manifest in the last one, and nothing else', async () => {
    const { code, out, err } = await run(['cards.csv', '--json']);
    expect([code, err]).toEqual([0, '']);
    const events = out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ type: 'run-started', execution: expect.stringMatching(/^local-[0-9a-f]{12}$/) });
    expect(events.at(-1)).toEqual({
      time: '2025-01-02T03:04:05.000Z',
      type: 'run-succeeded',
      durationMs: 0,
      manifestUri: fileUri(join(folder, 'out', 'cards', 'manifest.json')),
      manifest: fakeManifest(),
    });
  });

  it('is quiet where asked to be', async () => {
    expect(await run(['cards.csv', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });

  const failing = (error: Error) => ({
    [STATES.prepareDataset]: async () => {
      throw error;
    },
  });

  it('says why a run failed, and where that is recorded', async () => {
    const { steps } = notingSteps(failing(new UnknownTargetError('There is no column "x".')));
    const { code, err } = await run(['cards.csv', '--quiet'], fakeContext(folder, steps));
    expect(code).toBe(1);
    expect(err).toBe(
      '\nUnknownTargetError: There is no column "x".\nNothing was published. ' +
        'The failure is recorded in /data/out/cards/runs/local-test/record-failure/manifest.json\n',
    );
  });

  it('shows where an error came from only to those who debug', async () => {
    const { steps } = notingSteps(failing(new TypeError('x is not a function')));
    const plain = await run(['cards.csv', '-q'], fakeContext(folder, steps));
    expect(plain.err).not.toContain('    at ');
    const debugged = await run(['cards.csv', '-q'], fakeContext(folder, steps, { DEBUG: '1' }));
    expect(debugged.err).toMatch(/\n {4}at .*cli\.test\.ts/);
  });

  it('stops when interrupted, and ends at once when interrupted again', async () => {
    const training = Promise.withResolvers<object>();
    const begun = Promise.withResolvers<void>();
    const { steps } = notingSteps({
      [STATES.trainGenerator]: () => {
        begun.resolve();
        return training.promise;
      },
    });
    const context = fakeContext(folder, steps);
    const running = run(['cards.csv', '--json'], context);
    await begun.promise;
    context.signals.emit('SIGINT');
    context.clock.advance(1000);
    context.signals.emit('SIGINT');
    const { code, out, err } = await running;
    training.resolve({});
    expect([code, context.exits]).toEqual([130, [130]]);
    expect(err).toBe('\nStopped. Nothing was published.\n');
    expect(JSON.parse(out.split('\n').at(-2) ?? '')).toMatchObject({ type: 'run-interrupted', published: false });
    expect(context.signals.listenerCount('SIGINT')).toBe(0);
  });

  it('finishes publishing before it stops, and says so', async () => {
    const publishing = Promise.withResolvers<object>();
    const begun = Promise.withResolvers<void>();
    const { steps } = notingSteps({
      [STATES.publishDataset]: () => {
        begun.resolve();
        return publishing.promise;
      },
    });
    const context = fakeContext(folder, steps);
    const running = run(['cards.csv', '--quiet'], context);
    await begun.promise;
    context.signals.emit('SIGTERM');
    publishing.resolve({ manifest: 'file:///x', outputs: [] });
    expect(await running).toEqual({
      code: 130,
      out: '',
      err:
        '\nPublishing is under way and will be finished; Ctrl-C again ends it at once.\n' +
        '\nStopped; the outputs in out/cards are whole.\n',
    });
  });

  it('leaves what it did not make alone', () => {
    expect(readFileSync(join(folder, 'cards.csv'), 'utf8')).toBe('amount,outcome\n1,fraud\n');
  });
});
