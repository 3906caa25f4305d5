import { describe, expect, it } from 'vitest';
import { countTasks, runStudy } from '../../paper/study.ts';
import { perform } from '../../paper/tasks/task.ts';
import { type TaskRunner, WorkerPool } from '../../paper/worker-pool.ts';
import { paymentsStudy, store } from './payments-study.ts';

const inProcess: TaskRunner = { run: (task) => perform(task, store) };

describe('runStudy', () => {
  it('gives the same results in one process and in several, seed by seed as asked', async () => {
    const run = (runner: TaskRunner, onTask: Parameters<typeof runStudy>[4] = () => {}) =>
      runStudy(paymentsStudy(1200), [1, 0], ['logistic-regression'], runner, onTask);
    const told: string[] = [];
    const expected = await run(inProcess, (done, total) => told.push(`${done}/${total}`));
    const total = countTasks(2, 1);
    expect(told).toEqual(Array.from({ length: total }, (_, i) => `${i + 1}/${total}`));
    expect(expected.map(({ seed }) => seed)).toEqual([1, 0]);

    const pool = new WorkerPool(2);
    try {
      expect(JSON.stringify(await run(pool))).toBe(JSON.stringify(expected));
    } finally {
      pool.close();
    }
  });
});

describe('WorkerPool', () => {
  it('rejects a task that fails with its error, and goes on with the next', async () => {
    const pool = new WorkerPool(1);
    const study = { ...paymentsStudy(1200), dataset: '/nowhere/adult.data' };
    try {
      const first = pool.run({ kind: 'prepare', study, seed: 0 });
      const second = pool.run({ kind: 'prepare', study: paymentsStudy(1200), seed: 0 });
      await expect(first).rejects.toMatchObject({ name: 'ObjectNotFoundError' });
      expect((await second).folds.length).toBe(5);
    } finally {
      pool.close();
    }
  });
});
