import { describe, expect, it } from 'vitest';
import { defaultJobs, readJobs } from '../../../local/rebalance/jobs.ts';

const GIB = 1024 ** 3;

describe('defaultJobs', () => {
  it.each([
    ['a job for each core', 4, 16 * GIB, 4],
    ['no more than half of the memory has room for', 16, 4 * GIB, 4],
    ['always one', 8, GIB / 4, 1],
  ])('is %s', (_, cores, memory, jobs) => {
    expect(defaultJobs(cores, memory)).toBe(jobs);
  });

  it('is a number of jobs on this computer', () => {
    expect(readJobs(String(defaultJobs()))).toBe(defaultJobs());
  });
});

describe('readJobs', () => {
  it('reads whole numbers from 1', () => {
    expect(['1', ' 12 ', '256'].map(readJobs)).toEqual([1, 12, 256]);
  });

  it.each(['0', '-1', '1.5', '257', 'all', '', ' '])('refuses %j', (text) => {
    expect(() => readJobs(text)).toThrow(`--jobs: found ${JSON.stringify(text)}, needed a whole number from 1 to 256`);
  });
});
