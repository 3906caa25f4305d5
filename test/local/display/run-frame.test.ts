import { describe, expect, it } from 'vitest';
import { STATES } from '../../../contracts/states.ts';
import { runFrame } from '../../../local/display/run-frame.ts';
import { afterEvent, EMPTY_VIEW } from '../../../local/display/run-view.ts';
import { displayWidth } from '../../../local/display/safe-text.ts';
import { DEFINITION, outline } from '../../../local/run/definition.ts';
import type { RunEvent } from '../../../local/run/run-events.ts';
import { fakeManifest } from '../fakes/fake-manifest.ts';
import { unpainted } from '../fakes/unpainted.ts';

const TIME = { time: '2025-01-02T03:04:05.000Z' };
const { resolveRequest, prepareDataset, trainGenerator, evaluateFold, fitModel } = STATES;

/** The frame at `now` after events that came at the given times. */
function frameAt(now: number, events: readonly (readonly [number, RunEvent])[]): string {
  const view = events.reduce((known, [at, event]) => afterEvent(known, event, at), EMPTY_VIEW);
  const frame = runFrame(outline(DEFINITION), view, now, unpainted);
  for (const line of frame.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  return `\n${frame}\n`;
}

const BEGINNING: readonly (readonly [number, RunEvent])[] = [
  [0, { ...TIME, type: 'run-started', execution: 'local-1', request: fakeManifest().request }],
  [0, { ...TIME, type: 'state-started', state: resolveRequest, attempt: 1 }],
  [2, { ...TIME, type: 'state-succeeded', state: resolveRequest, attempt: 1, durationMs: 2 }],
  [2, { ...TIME, type: 'state-started', state: prepareDataset, attempt: 1 }],
];

const FAILED = { durationMs: 90, error: 'StoreUnavailableError', cause: 'resting' };

const AT_TRAINING: readonly (readonly [number, RunEvent])[] = [
  ...BEGINNING,
  [412, { ...TIME, type: 'state-succeeded', state: prepareDataset, attempt: 1, durationMs: 410 }],
  [412, { ...TIME, type: 'state-started', state: trainGenerator, attempt: 1 }],
  [1600, { ...TIME, type: 'state-progress', state: trainGenerator, epoch: 150, epochs: 300, loss: 0.012345 }],
];

describe('runFrame', () => {
  it('shows states that are done, at work and to come, the branches side by side, and the epochs', () => {
    expect(frameAt(1612, AT_TRAINING)).toBe(`
  ✔ ResolveRequest                2 ms
  ✔ PrepareDataset              410 ms
  ├─ ⠋ TrainGenerator            1.2 s  █████░░░░░ 150/300, loss 0.0123
  │  · GenerateRows
  └─ · TrainDiscriminator
  · SelectRows
  · MergeRows
  · UndersampleMajority
  · PlanComparison
  · EvaluateFold
  · FitModel
  · EvaluateResult
  · WriteReport
  · PublishDataset
`);
  });

  it('fits 80 columns with as many epochs and as large a loss as there can be', () => {
    const much = { epoch: 99_999, epochs: 100_000, loss: 1.234e99 };
    const progress: RunEvent = { ...TIME, type: 'state-progress', state: trainGenerator, ...much };
    const hours = 3600 * 1000;
    expect(frameAt(99 * hours, [...AT_TRAINING, [98 * hours, progress]])).toContain(
      '  ├─ ⠋ TrainGenerator       99 h 00 min  ██████████ 99999/100000, loss 1.23e+99\n',
    );
    const stopped: RunEvent = { ...TIME, type: 'run-interrupted', durationMs: 99 * hours, published: false };
    expect(frameAt(99 * hours, [...AT_TRAINING, [98 * hours, progress], [98 * hours, stopped]])).toContain(
      '  99999/100000, loss 1.23e+99  stopped\n',
    );
  });

  it('turns the spinner with time', () => {
    const spinner = (now: number) => frameAt(now, AT_TRAINING).match(/├─ (.)/)?.[1];
    expect([1600, 1680, 1760].map(spinner)).toEqual(['⠋', '⠙', '⠹']);
  });

  it('leaves the epochs and the last loss of a training that is done', () => {
    const last: RunEvent = {
      ...TIME,
      type: 'state-progress',
      state: trainGenerator,
      epoch: 300,
      epochs: 300,
      loss: 0.012345,
    };
    const done: RunEvent = { ...TIME, type: 'state-succeeded', state: trainGenerator, attempt: 1, durationMs: 2000 };
    expect(frameAt(9999, [...AT_TRAINING, [2400, last], [2412, done]])).toContain(
      '  ├─ ✔ TrainGenerator            2.0 s  300 epochs, loss 0.0123\n',
    );
  });

  it('shows that a state failed and is tried again, and the attempt that it is at', () => {
    const failed: RunEvent = { ...TIME, type: 'state-failed', state: prepareDataset, attempt: 1, ...FAILED };
    expect(frameAt(100, [...BEGINNING, [92, failed]])).toContain(
      '  ↻ PrepareDataset               90 ms  StoreUnavailableError  trying again\n',
    );
    const again: RunEvent = { ...TIME, type: 'state-started', state: prepareDataset, attempt: 2 };
    expect(frameAt(1300, [...BEGINNING, [92, failed], [1100, again]])).toContain(
      '  ⠦ PrepareDataset              200 ms  attempt 2\n',
    );
  });

  it('marks the failure when the run has ended, and what was stopped', () => {
    const failed: RunEvent = { ...TIME, type: 'state-failed', state: prepareDataset, attempt: 1, ...FAILED };
    const ended: RunEvent = { ...TIME, type: 'run-failed', durationMs: 100, error: 'E', cause: 'c' };
    expect(frameAt(200, [...BEGINNING, [92, failed], [100, ended]])).toContain(
      '  ✖ PrepareDataset               90 ms  StoreUnavailableError\n',
    );
    const stopped: RunEvent = { ...TIME, type: 'run-interrupted', durationMs: 100, published: false };
    expect(frameAt(102, [...BEGINNING, [100, stopped]])).toContain('  ■ PrepareDataset              100 ms  stopped\n');
  });
});

describe('runFrame of a comparison', () => {
  const state = evaluateFold;
  const fold = (done: number): RunEvent => ({
    ...TIME,
    type: 'fold-evaluated',
    state,
    strategy: 'none',
    repeat: 0,
    fold: done - 1,
    done,
    of: 35,
    durationMs: 600,
  });
  const one = { strategy: 'algorithm-1', repeat: 0, fold: 2 } as const;
  const failed: RunEvent = { ...TIME, type: 'state-failed', state, ...one, attempt: 1, ...FAILED };
  const COMPARING: readonly (readonly [number, RunEvent])[] = [
    [100, { ...TIME, type: 'state-started', state, attempt: 1 }],
    [600, fold(1)],
    [1200, fold(14)],
  ];

  it('shows how many folds are evaluated', () => {
    expect(frameAt(1400, COMPARING)).toContain('  ⠧ EvaluateFold                 1.3 s  ████░░░░░░ 14/35\n');
    const done: RunEvent = { ...TIME, type: 'state-succeeded', state, attempt: 1, durationMs: 2900 };
    expect(frameAt(9999, [...COMPARING, [3000, fold(35)], [3000, done]])).toContain(
      '  ✔ EvaluateFold                 2.9 s  35 evaluated\n',
    );
  });

  it('shows that one failed, and goes on from where it was', () => {
    expect(frameAt(1500, [...COMPARING, [1400, failed]])).toContain(
      '  ↻ EvaluateFold                 1.3 s  StoreUnavailableError  trying again\n',
    );
    const again: RunEvent = { ...TIME, type: 'state-started', state, ...one, attempt: 2 };
    expect(frameAt(1700, [...COMPARING, [1400, failed], [1600, again]])).toContain(
      ' EvaluateFold                 1.6 s  ████░░░░░░ 14/35\n',
    );
    expect(frameAt(1700, [...COMPARING, [1400, failed], [1600, fold(15)]])).toContain(
      ' EvaluateFold                 1.6 s  ████░░░░░░ 15/35\n',
    );
  });

  it('marks the failure when the run has ended', () => {
    const ended: RunEvent = { ...TIME, type: 'run-failed', durationMs: 1500, error: 'E', cause: 'c' };
    expect(frameAt(1700, [...COMPARING, [1400, failed], [1500, ended]])).toContain(
      '  ✖ EvaluateFold                 1.3 s  StoreUnavailableError\n',
    );
  });

  it('says so where there was nothing to compare', () => {
    expect(frameAt(100, [[90, { ...TIME, type: 'state-started', state: fitModel, attempt: 1 }]])).toContain(
      '  – EvaluateFold               nothing to compare\n',
    );
  });
});
