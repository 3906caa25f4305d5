import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { STATES } from '../../../contracts/states.ts';
import { chooseDisplay } from '../../../local/display/choose-display.ts';
import { jsonDisplay } from '../../../local/display/json-display.ts';
import { liveDisplay } from '../../../local/display/live-display.ts';
import { paintFor } from '../../../local/display/paint.ts';
import { plainDisplay } from '../../../local/display/plain-display.ts';
import type { RunEvent } from '../../../local/run/run-events.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeContext } from '../fakes/fake-context.ts';
import { fakeManifest } from '../fakes/fake-manifest.ts';
import { unpainted } from '../fakes/unpainted.ts';

const TIME = { time: '2025-01-02T03:04:05.000Z' };
const { trainGenerator, mergeRows, evaluateFold } = STATES;
const STARTED: RunEvent = { ...TIME, type: 'state-started', state: trainGenerator, attempt: 1 };
const DONE: RunEvent = { ...TIME, type: 'state-succeeded', state: trainGenerator, attempt: 1, durationMs: 1234 };

const epoch = (at: number, epochs: number): RunEvent => ({
  ...TIME,
  type: 'state-progress',
  state: trainGenerator,
  epoch: at,
  epochs,
  loss: 1 / at,
});

/** What the plain display prints of events that come at the given times. */
function show(events: readonly (readonly [number, RunEvent])[]): string {
  const clock = fakeClock();
  let text = '';
  const display = plainDisplay((more) => {
    text += more;
  }, clock);
  for (const [at, event] of events) {
    clock.advance(at - clock.now());
    display.show(event);
  }
  display.close();
  return `\n${text}`;
}

describe('plainDisplay', () => {
  it('has a line for each change of a state, and attempts and errors', () => {
    const failed = { durationMs: 90, error: 'StoreUnavailableError', cause: 'resting' };
    expect(
      show([
        [0, { ...TIME, type: 'run-started', execution: 'local-1', request: fakeManifest().request }],
        [0, STARTED],
        [1234, DONE],
        [1300, { ...TIME, type: 'state-started', state: mergeRows, attempt: 1 }],
        [1390, { ...TIME, type: 'state-failed', state: mergeRows, attempt: 1, ...failed }],
        [2390, { ...TIME, type: 'state-started', state: mergeRows, attempt: 2 }],
        [2400, { ...TIME, type: 'run-interrupted', durationMs: 2400, published: false }],
      ]),
    ).toBe(`
    0.0 s  TrainGenerator      started
    1.2 s  TrainGenerator      done in 1.2 s
    1.3 s  MergeRows           started
    1.4 s  MergeRows           failed after 90 ms: StoreUnavailableError
    2.4 s  MergeRows           started again, attempt 2
`);
  });

  it('tells epochs now and then: a tenth further, not within 2 s, and after 30 s in any case', () => {
    const each100ms = Array.from({ length: 100 }, (_, index) => [index * 100, epoch(index + 1, 100)] as const);
    expect(show([[0, STARTED], ...each100ms])).toBe(`
    0.0 s  TrainGenerator      started
    2.0 s  TrainGenerator      epoch 21 of 100, loss 0.0476
    4.0 s  TrainGenerator      epoch 41 of 100, loss 0.0244
    6.0 s  TrainGenerator      epoch 61 of 100, loss 0.0164
    8.0 s  TrainGenerator      epoch 81 of 100, loss 0.0123
`);
    const eachSecond = Array.from({ length: 62 }, (_, index) => [index * 1000, epoch(index + 1, 10_000)] as const);
    expect(show([[0, STARTED], ...eachSecond])).toBe(`
    0.0 s  TrainGenerator      started
   30.0 s  TrainGenerator      epoch 31 of 10000, loss 0.0323
   60.0 s  TrainGenerator      epoch 61 of 10000, loss 0.0164
`);
  });
});

describe('plainDisplay of a comparison', () => {
  it('tells of the folds now and then, and of each one that failed', () => {
    const state = evaluateFold;
    const fold = (done: number, of: number): RunEvent => ({
      ...TIME,
      type: 'fold-evaluated',
      state,
      strategy: 'none',
      repeat: 0,
      fold: done - 1,
      done,
      of,
      durationMs: 600,
    });
    const one = { strategy: 'algorithm-1', repeat: 1, fold: 2 } as const;
    const failed = { durationMs: 90, error: 'StoreUnavailableError', cause: 'resting' };
    const folds = Array.from({ length: 10 }, (_, index) => [(index + 1) * 700, fold(index + 1, 10)] as const);
    expect(
      show([
        [0, { ...TIME, type: 'state-started', state, attempt: 1 }],
        ...folds.slice(0, 4),
        [2810, { ...TIME, type: 'state-failed', state, ...one, attempt: 1, ...failed }],
        [2900, { ...TIME, type: 'state-started', state, ...one, attempt: 2 }],
        ...folds.slice(4),
        [7000, { ...TIME, type: 'state-succeeded', state, attempt: 1, durationMs: 7000 }],
      ]),
    ).toBe(`
    0.0 s  EvaluateFold        started
    2.1 s  EvaluateFold        3 of 10 evaluated
    2.8 s  EvaluateFold        algorithm-1, repeat 2, fold 3: failed after 90 ms: StoreUnavailableError
    2.9 s  EvaluateFold        algorithm-1, repeat 2, fold 3: started again, attempt 2
    4.2 s  EvaluateFold        6 of 10 evaluated
    6.3 s  EvaluateFold        9 of 10 evaluated
    7.0 s  EvaluateFold        done in 7.0 s
`);
  });
});

describe('jsonDisplay', () => {
  it('writes every event as one line, whatever its texts hold', () => {
    let text = '';
    const display = jsonDisplay((more) => {
      text += more;
    });
    const events: RunEvent[] = [
      STARTED,
      DONE,
      { ...TIME, type: 'run-failed', durationMs: 1, error: 'E', cause: 'a\nb' },
    ];
    for (const event of events) display.show(event);
    display.close();
    expect(
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual(events);
  });
});

describe('liveDisplay', () => {
  it('redraws while the run goes on, once more at its end, and not after', () => {
    vi.useFakeTimers();
    const frames: string[] = [];
    const done = vi.fn();
    const redraw = Object.assign((frame: string) => void frames.push(frame), { done });
    const clock = fakeClock();
    const display = liveDisplay({ outline: [trainGenerator], clock, paint: unpainted, redraw });
    display.show(STARTED);
    clock.advance(80);
    vi.advanceTimersByTime(80);
    display.show(DONE);
    display.show({ ...TIME, type: 'run-interrupted', durationMs: 1, published: true });
    display.close();
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    expect(frames).toEqual(['  ⠙ TrainGenerator               80 ms', '  ✔ TrainGenerator               1.2 s']);
    expect(done).toHaveBeenCalledOnce();
  });
});

describe('chooseDisplay', () => {
  it('is plain where the output is no terminal, JSON or silent where asked for', async () => {
    const shown = async (wishes: { json: boolean; quiet: boolean }) => {
      const context = fakeContext('/');
      const display = await chooseDisplay(wishes, [trainGenerator], context);
      display.show(STARTED);
      display.close();
      return context.out();
    };
    expect(await shown({ json: false, quiet: false })).toBe('    0.0 s  TrainGenerator      started\n');
    expect(await shown({ json: true, quiet: false })).toBe(`${JSON.stringify(STARTED)}\n`);
    expect(await shown({ json: false, quiet: true })).toBe('');
  });

  it.each([
    ['live on a terminal', {}, true],
    ['plain in CI', { CI: '1' }, false],
    ['plain on a dumb terminal', { TERM: 'dumb' }, false],
  ])('is %s', async (_, env, isLive) => {
    const context = fakeContext('/', {}, env);
    context.stdout.isTTY = true;
    const display = await chooseDisplay({ json: false, quiet: false }, [trainGenerator], context);
    display.show(STARTED);
    display.show({ ...TIME, type: 'run-interrupted', durationMs: 1, published: false });
    display.close();
    const text = stripVTControlCharacters(context.out());
    expect(text.includes('■ TrainGenerator')).toBe(isLive);
    expect(text.includes('TrainGenerator      started')).toBe(!isLive);
  });
});

describe('paintFor', () => {
  it('paints nothing that is no terminal', () => {
    expect(paintFor(fakeContext('/').stdout)('red', 'text')).toBe('text');
  });
});
