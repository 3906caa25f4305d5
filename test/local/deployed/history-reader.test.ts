import { describe, expect, it } from 'vitest';
import { nextDelay } from '../../../local/deployed/follow.ts';
import { HistoryReader } from '../../../local/deployed/history-reader.ts';
import { EXECUTION_ARN, fakeExecutions, historyOf } from '../fakes/fake-executions.ts';

const EVENTS = historyOf(...Array.from({ length: 25 }, (_, i) => ({ type: `Event${i + 1}` })));
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('HistoryReader', () => {
  it('gives every event once and in order, whatever the pages and the looks', async () => {
    for (const pageSize of [1, 3, 10, 1000]) {
      const reader = new HistoryReader(fakeExecutions(EVENTS, { looks: [4, 4, 17, 25], pageSize }), EXECUTION_ARN);
      const looks: number[][] = [];
      for (let look = 0; look < 5; look++) looks.push((await reader.news()).map(({ id }) => id));
      expect(looks).toEqual([ids(1, 4), [], ids(5, 17), ids(18, 25), []]);
    }
  });

  it('asks for no page beyond what it has seen', async () => {
    const executions = fakeExecutions(EVENTS, { looks: [20, 25], pageSize: 10 });
    const reader = new HistoryReader(executions, EXECUTION_ARN);
    await reader.news();
    expect(executions.pages).toBe(2);
    await reader.news();
    expect(executions.pages).toBe(3);
  });
});

describe('nextDelay', () => {
  it('grows while nothing happens, up to ten seconds, and starts again with news', () => {
    const delays = [1000];
    for (let look = 0; look < 8; look++) delays.push(nextDelay(delays[look], false));
    expect(delays.slice(0, 4)).toEqual([1000, 1500, 2250, 3375]);
    expect(delays.slice(-2)).toEqual([10_000, 10_000]);
    expect(nextDelay(10_000, true)).toBe(1000);
  });
});
