import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, TooFewMinorityRowsError } from '../../../contracts/errors.ts';
import { HAPPY_PATH, MAPPED_STATE, STATES } from '../../../contracts/states.ts';
import type { FoldItem } from '../../../contracts/workflow.ts';
import { DEFINITION } from '../../../local/run/definition.ts';
import type { RunEvent } from '../../../local/run/run-events.ts';
import { runWorkflow, type WorkflowRun } from '../../../local/run/run-workflow.ts';
import { inProcessStepRunner } from '../../../local/workers/step-runner.ts';
import { drain } from '../fakes/drain.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeManifest } from '../fakes/fake-manifest.ts';
import {
  COMPARED,
  DESCRIBED,
  type FakePayload,
  type FakeRun,
  FOLD_ITEMS,
  fakeSteps,
  RECORD,
} from '../fakes/fake-steps.ts';
import { memoryStore } from '../fakes/memory-store.ts';

interface Watched {
  readonly run: WorkflowRun;
  readonly events: RunEvent[];
  /** `state-started PrepareDataset 1`, in order */
  readonly news: () => string[];
}

function startRun(changed: Parameters<typeof fakeSteps>[0] = {}, jobs = 1): Watched {
  const events: RunEvent[] = [];
  const run = runWorkflow({
    definition: DEFINITION,
    executionId: 'local-test',
    request: fakeManifest().request,
    steps: inProcessStepRunner({ steps: fakeSteps(changed), store: memoryStore() }),
    clock: fakeClock(),
    emit: (event) => events.push(event),
    retryDelayMs: 0,
    jobs,
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
    const begunAndEnded = news().filter((line) => /^state-(started|succeeded|failed)/.test(line));
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
    await drain();
    expect(news().at(-1)).toBe('state-started TrainGenerator 1');
  });

  it('lets publishing end before it stops', async () => {
    const publishing = held();
    const { run } = startRun({ [STATES.publishDataset]: publishing.run });
    await publishing.started;
    expect(run.isPublishing()).toBe(true);
    run.stop();
    let hasEnded = false;
    void run.outcome.then(() => {
      hasEnded = true;
    });
    await drain();
    expect(hasEnded).toBe(false);
    publishing.finish();
    expect(await run.outcome).toEqual({ status: 'interrupted', published: true });
    expect(run.isPublishing()).toBe(false);
  });
});

describe('the comparison of a run', () => {
  const itemsOf = (count: number): FoldItem[] =>
    Array.from({ length: count }, (_, fold) => ({ strategy: 'none', repeat: 0, fold }));
  const planning = (items: readonly FoldItem[]) => ({
    [STATES.planComparison]: async () => ({ compared: { rows: 'memory', assignment: 'memory' }, items }),
  });
  const foldEvents = (events: readonly RunEvent[]) =>
    events.filter((event) => 'state' in event && event.state === MAPPED_STATE);

  it('gives each fold its item, and the next state what was there before', async () => {
    const payloads: FakePayload[] = [];
    let after: FakePayload | undefined;
    const { run } = startRun({
      [STATES.evaluateFold]: async (payload) => {
        payloads.push(payload);
        return {};
      },
      [STATES.fitModel]: async (payload) => {
        after = payload;
        return DESCRIBED[STATES.fitModel]!;
      },
    });
    expect(await run.outcome).toMatchObject({ status: 'succeeded' });
    expect(payloads.map(({ item }) => item)).toEqual(FOLD_ITEMS);
    expect(payloads[0]).toEqual({
      execution: { id: 'local-test', startedAt: expect.any(String) },
      request: fakeManifest().request,
      prepared: expect.objectContaining({ did: STATES.prepareDataset }),
      compared: COMPARED,
      item: FOLD_ITEMS[0],
    });
    expect(after).toMatchObject({ planned: { items: FOLD_ITEMS }, undersampled: { did: STATES.undersampleMajority } });
  });

  it('tells of one state, and of every fold that is evaluated', async () => {
    const { run, events } = startRun();
    await run.outcome;
    const time = '2025-01-02T03:04:05.000Z';
    expect(foldEvents(events)).toEqual([
      { time, type: 'state-started', state: MAPPED_STATE, attempt: 1 },
      { time, type: 'fold-evaluated', state: MAPPED_STATE, ...FOLD_ITEMS[0], done: 1, of: 2, durationMs: 0 },
      { time, type: 'fold-evaluated', state: MAPPED_STATE, ...FOLD_ITEMS[1], done: 2, of: 2, durationMs: 0 },
      { time, type: 'state-succeeded', state: MAPPED_STATE, attempt: 1, durationMs: 0 },
    ]);
  });

  it.each([1, 2, 4])(
    'has %d folds under way at once where there are as many jobs, and comes to the same',
    async (jobs) => {
      const items = itemsOf(9);
      let [running, most] = [0, 0];
      let after: FakePayload | undefined;
      const { run } = startRun(
        {
          ...planning(items),
          [STATES.evaluateFold]: async ({ item }) => {
            most = Math.max(most, ++running);
            // The later ones are done first.
            await new Promise((resolve) => setTimeout(resolve, 10 - (item?.fold ?? 0)));
            running--;
            return {};
          },
          [STATES.fitModel]: async (payload) => {
            after = payload;
            return DESCRIBED[STATES.fitModel]!;
          },
        },
        jobs,
      );
      expect(await run.outcome).toMatchObject({ status: 'succeeded' });
      expect(most).toBe(jobs);
      expect(after).toMatchObject({ planned: { items } });
      expect(after).not.toHaveProperty('item');
    },
  );

  it('goes on where there is nothing to compare', async () => {
    const { run, events, news } = startRun({ [STATES.planComparison]: async () => ({ items: [] }) });
    expect(await run.outcome).toMatchObject({ status: 'succeeded' });
    expect(foldEvents(events)).toEqual([]);
    expect(news()).toContain('state-succeeded FitModel 1');
  });

  it('tries a fold again, and counts its attempts and no other', async () => {
    const unavailable = failing(2, new StoreUnavailableError('resting'));
    const { run, events } = startRun({
      [STATES.evaluateFold]: async (payload, context) =>
        payload.item?.strategy === 'none' ? unavailable(payload, context) : {},
    });
    expect(await run.outcome).toMatchObject({ status: 'succeeded' });
    const told = foldEvents(events).map((event) =>
      [event.type, 'strategy' in event ? event.strategy : '', 'attempt' in event ? event.attempt : ''].join(' '),
    );
    expect(told).toEqual([
      'state-started  1',
      'state-failed none 1',
      // Whose turn it was meanwhile.
      'fold-evaluated algorithm-1 ',
      'state-started none 2',
      'state-failed none 2',
      'state-started none 3',
      'fold-evaluated none ',
      'state-succeeded  1',
    ]);
  });

  it('fails the run with the error of a fold, begins no other, and is told of none any more', async () => {
    const others = held();
    const begun: number[] = [];
    const { run, news, events } = startRun(
      {
        ...planning(itemsOf(50)),
        [STATES.evaluateFold]: async (payload, context) => {
          begun.push(payload.item?.fold ?? -1);
          if (payload.item?.fold !== 2) return others.run(payload, context);
          throw new TypeError('broken');
        },
        [STATES.recordFailure]: async ({ workflow }) => {
          others.finish();
          return { ...workflow?.failure, manifest: RECORD };
        },
      },
      4,
    );
    expect(await run.outcome).toMatchObject({
      status: 'failed',
      error: 'TypeError',
      cause: 'broken',
      manifestUri: RECORD,
      stack: expect.stringContaining('run-workflow.test.ts'),
    });
    await drain();
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(foldEvents(events).map(({ type }) => type)).toEqual(['state-started', 'state-failed']);
    expect(news().at(-1)).toBe('state-succeeded RecordFailure 1');
  });

  it('stops at once, begins no other fold, and is told of none any more', async () => {
    const folds = held();
    let begun = 0;
    const { run, events } = startRun(
      {
        ...planning(itemsOf(50)),
        [STATES.evaluateFold]: async (payload, context) => {
          begun++;
          return folds.run(payload, context);
        },
      },
      2,
    );
    await folds.started;
    run.stop();
    expect(await run.outcome).toEqual({ status: 'interrupted', published: false });
    folds.finish();
    await drain();
    expect(begun).toBe(2);
    expect(foldEvents(events).map(({ type }) => type)).toEqual(['state-started']);
  });
});
