import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, TooFewMinorityRowsError } from '../../contracts/errors.ts';
import { HAPPY_PATH, STATES } from '../../contracts/states.ts';
import { DEFINITION } from '../../local/definition.ts';
import type { RunEvent } from '../../local/run-events.ts';
import { runWorkflow, type WorkflowRun } from '../../local/run-workflow.ts';
import { inProcessStepRunner } from '../../local/step-runner.ts';
import { fakeClock } from './fakes/fake-clock.ts';
import { fakeManifest } from './fakes/fake-manifest.ts';
import { DESCRIBED, type FakePayload, type FakeRun, fakeSteps, RECORD } from './fakes/fake-steps.ts';
import { memoryStore } from './fakes/memory-store.ts';

interface Watched {
  readonly run: WorkflowRun;
  readonly events: RunEvent[];
  /** `state-started PrepareDataset 1`, in order */
  readonly news: () => string[];
}

function startRun(changed: Parameters<typeof fakeSteps>[0] = {}): Watched {
  const events: RunEvent[] = [];
  const run = runWorkflow({
    definition: DEFINITION,
    executionId: 'local-test',
    request: fakeManifest().request,
    steps: inProcessStepRunner({ steps: fakeSteps(changed), store: memoryStore() }),
    clock: fakeClock(),
    emit: (event) => events.push(event),
    retryDelayMs: 0,
  });
  const news = () =>
    events.map((event) =>
      `${event.type} ${'state' in event ? event.state : ''} ${'attempt' in event ? event.attempt : ''}`.trim(),
    );
  return { run, events, news };
}

/** Fails `times` times with `error`, then does what `then` does. */
function failing(times: number, error: Error, then: FakeRun = async () => ({})): FakeRun {
  let failures = 0;
  return async (payload, context) => {
    if (failures++ < times) throw error;
    return then(payload, context);
  };
}

/** A step that goes on until it is told. */
function held() {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const run: FakeRun = async () => {
    started.resolve();
    await finish.promise;
    return { manifest: 'memory', outputs: [] };
  };
  return { run, started: started.promise, finish: finish.resolve };
}

describe('runWorkflow', () => {
  it('takes every state of the definition once, one at a time, and hands on what the last one published', async () => {
    const { run, news } = startRun();
    const { outputs } = fakeManifest();
    const published = { manifest: 'file:///data/out/cards/manifest.json', outputs, durationMs: expect.any(Number) };
    expect(await run.outcome).toEqual({ status: 'succeeded', published });

    const entered = news().filter((line) => line.startsWith('state-started'));
    expect(entered.map((line) => line.split(' ')[1]).toSorted()).toEqual([...HAPPY_PATH].toSorted());
    expect(new Set(entered.map((line) => line.split(' ')[2]))).toEqual(new Set(['1']));
    const begunAndEnded = news().filter((line) => !line.startsWith('state-progress'));
    for (let index = 0; index < begunAndEnded.length; index += 2) {
      const [, state] = begunAndEnded[index].split(' ');
      expect(begunAndEnded[index + 1]).toBe(`state-succeeded ${state} 1`);
    }
  });

  it('gives the first state the request and the execution, and each later one what came before', async () => {
    const seen = new Map<string, unknown>();
    const noting =
      (state: string, run: FakeRun): FakeRun =>
      async (payload, context) => {
        seen.set(state, payload);
        return run(payload, context);
      };
    const { run } = startRun({
      [STATES.resolveRequest]: noting('resolve', async ({ execution, start }) => ({ execution, request: start })),
      [STATES.selectRows]: noting('select', async () => ({})),
    });
    await run.outcome;
    const execution = { id: 'local-test', startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) };
    const { request } = fakeManifest();
    expect(seen.get('resolve')).toEqual({ execution, start: request });
    expect(seen.get('select')).toMatchObject({
      execution,
      request,
      prepared: { did: STATES.prepareDataset },
      generator: { did: STATES.trainGenerator },
      generated: { did: STATES.generateRows },
      discriminator: { did: STATES.trainDiscriminator },
    });
  });

  it('passes on the epochs of training', async () => {
    const { run, events } = startRun();
    await run.outcome;
    const progress = {
      type: 'state-progress',
      state: STATES.trainGenerator,
      epochs: 2,
      time: '2025-01-02T03:04:05.000Z',
    };
    expect(events.filter(({ type }) => type === 'state-progress')).toEqual([
      { ...progress, epoch: 1, loss: 1 },
      { ...progress, epoch: 2, loss: 1 / 2 },
    ]);
  });

  it("tries again as the definition's Retry says: a step that fails twice and then works", async () => {
    const unavailable = new StoreUnavailableError('the store is having a rest');
    const { run, events, news } = startRun({
      [STATES.mergeRows]: failing(2, unavailable, async () => DESCRIBED[STATES.mergeRows]!),
    });
    expect(await run.outcome).toMatchObject({ status: 'succeeded' });
    expect(news().filter((line) => line.includes(STATES.mergeRows))).toEqual([
      'state-started MergeRows 1',
      'state-failed MergeRows 1',
      'state-started MergeRows 2',
      'state-failed MergeRows 2',
      'state-started MergeRows 3',
      'state-succeeded MergeRows 3',
    ]);
    expect(events.find(({ type }) => type === 'state-failed')).toMatchObject({
      error: 'StoreUnavailableError',
      cause: 'the store is having a rest',
    });
  });

  it('ends in Fail with the name and message of a step that never works, once RecordFailure was told', async () => {
    let recorded: FakePayload | undefined;
    const { run, news } = startRun({
      [STATES.evaluateResult]: failing(99, new StoreUnavailableError('gone fishing')),
      [STATES.recordFailure]: async (payload) => {
        recorded = payload;
        return { ...payload.workflow?.failure, manifest: RECORD };
      },
    });
    expect(await run.outcome).toMatchObject({
      status: 'failed',
      error: 'StoreUnavailableError',
      cause: 'gone fishing',
      manifestUri: RECORD,
    });
    expect(recorded?.workflow?.failure).toEqual({ Error: 'StoreUnavailableError', Cause: 'gone fishing' });
    expect(news().filter((line) => line.startsWith('state-started EvaluateResult'))).toHaveLength(1 + 3);
    expect(news().some((line) => line.includes(STATES.publishDataset))).toBe(false);
  });

  it('does not try again what trying again does not mend', async () => {
    const { run, news } = startRun({ [STATES.prepareDataset]: failing(1, new TooFewMinorityRowsError('found 1')) });
    expect(await run.outcome).toMatchObject({ status: 'failed', error: 'TooFewMinorityRowsError', cause: 'found 1' });
    expect(news().filter((line) => line.includes(STATES.prepareDataset))).toEqual([
      'state-started PrepareDataset 1',
      'state-failed PrepareDataset 1',
    ]);
  });

  it('keeps the first failure where even recording it fails', async () => {
    const { run } = startRun({
      [STATES.prepareDataset]: failing(1, new TooFewMinorityRowsError('found 1')),
      [STATES.recordFailure]: failing(99, new TypeError('no disk')),
    });
    const outcome = await run.outcome;
    expect(outcome).toMatchObject({ error: 'TooFewMinorityRowsError', cause: 'found 1' });
    expect(outcome).not.toHaveProperty('manifestUri');
  });

  it('gives up the other branch of the Parallel when one fails', async () => {
    const { run, news } = startRun({ [STATES.trainGenerator]: failing(1, new TypeError('broken')) });
    expect(await run.outcome).toMatchObject({ status: 'failed', error: 'TypeError', manifestUri: RECORD });
    expect(news().at(-1)).toBe('state-succeeded RecordFailure 1');
    for (const abandoned of [STATES.generateRows, STATES.trainDiscriminator]) {
      expect(news().some((line) => line.includes(abandoned))).toBe(false);
    }
  });

  it('stops at once where nothing is being published', async () => {
    const training = held();
    const { run, news } = startRun({ [STATES.trainGenerator]: training.run });
    await training.started;
    expect(run.isPublishing()).toBe(false);
    run.stop();
    expect(await run.outcome).toEqual({ status: 'interrupted', published: false });
    training.finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(news().at(-1)).toBe('state-started TrainGenerator 1');
  });

  it('lets publishing end before it stops', async () => {
    const publishing = held();
    const { run } = startRun({ [STATES.publishDataset]: publishing.run });
    await publishing.started;
    expect(run.isPublishing()).toBe(true);
    run.stop();
    const early = await Promise.race([run.outcome, new Promise((resolve) => setTimeout(resolve, 20, 'still going'))]);
    expect(early).toBe('still going');
    publishing.finish();
    expect(await run.outcome).toEqual({ status: 'interrupted', published: true });
    expect(run.isPublishing()).toBe(false);
  });
});
