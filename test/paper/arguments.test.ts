import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePaperArguments } from '../../paper/arguments.ts';
import { LEARNER_NAMES } from '../../paper/contenders.ts';

describe('parsePaperArguments', () => {
  it('runs every learner on the five seeds of the source where nothing is asked for', () => {
    const options = parsePaperArguments([]);
    expect(options).toMatchObject({ data: undefined, seeds: [0, 1, 2, 3, 4], learners: LEARNER_NAMES });
    expect(options.out).toBe(join(process.cwd(), 'docs/paper'));
    expect(options.workers).toBeGreaterThan(0);
  });

  it('takes what is asked for', () => {
    const args = [
      '--data',
      '/data/adult.data',
      '--seeds',
      '0, -3',
      '--learners',
      'svm',
      '--workers',
      '2',
      '--out',
      '/o',
    ];
    expect(parsePaperArguments(args)).toEqual({
      data: '/data/adult.data',
      seeds: [0, -3],
      learners: ['svm'],
      workers: 2,
      out: '/o',
    });
  });

  it.each([
    [['--seeds', '1,x'], '--seeds: found "x", needed a whole number'],
    [['--seeds', ''], '--seeds: found "", needed a whole number'],
    [['--seeds', '1,1'], '--seeds: found 1 twice, needed each once'],
    [['--workers', '0'], '--workers: found "0", needed a whole number from 1 to 64'],
    [['--learners', 'forest'], '--learners: found "forest", needed decision-tree, '],
    [['--sedes', '1'], "Unknown option '--sedes'"],
  ])('refuses %j', (args, message) => {
    expect(() => parsePaperArguments(args)).toThrow(message);
  });
});
