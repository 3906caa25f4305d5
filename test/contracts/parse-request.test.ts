import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../contracts/errors.ts';
import { parseRequest, suggest } from '../../contracts/parse-request.ts';
import { STRATEGY_TYPES } from '../../core/strategies/strategy.ts';

const minimal = { dataset: { uri: 's3://bucket/incoming/adult.csv' } };

describe('a request', () => {
  it('needs no more than its table: everything else has a default', () => {
    expect(parseRequest(minimal)).toEqual({
      dataset: { uri: 's3://bucket/incoming/adult.csv', ignore: [] },
      target: {},
      missing: { markers: ['', '?', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL'], treatment: 'auto' },
      learner: {
        type: 'decision-tree',
        maxDepth: 8,
        minSamplesLeaf: 1,
        minSamplesSplit: 2,
        ccpAlpha: 0,
        classWeight: 'none',
      },
      generator: {
        type: 'autoencoder',
        pairing: 'variational',
        loss: 'cross-entropy',
        noise: { distribution: 'normal', dimension: 16 },
        hidden: [128],
        batchSize: 64,
        learningRate: 0.001,
      },
      discriminator: { balance: 'undersample', select: 'called-majority' },
      sampling: { ratio: 1 },
      strategy: 'algorithm-1',
      evaluation: {
        folds: 5,
        repeats: 1,
        strategies: [...STRATEGY_TYPES],
        ratios: [1, 2, 3],
        maximumRows: 50_000,
        metric: 'mcc',
        beta: 2,
        threshold: { rule: 'max-metric' },
      },
      domain: { method: 'nearest-neighbours', coverage: 0.95 },
      split: { testFraction: 0.2, stratified: true, minorityFraction: 1 },
      output: { format: 'csv' },
      seed: 0,
    });
  });

  it('keeps what it says, seed 0 included', () => {
    const request = parseRequest({
      ...minimal,
      seed: 0,
      sampling: { ratio: 3 },
      generator: { type: 'autoencoder', rows: 7 },
    });
    expect([request.seed, request.sampling.ratio, request.generator.rows]).toEqual([0, 3, 7]);
  });

  it('takes a false alarm for the unit where only the other cost is named', () => {
    const { costs } = parseRequest({ ...minimal, evaluation: { costs: { falseNegative: 20 } } }).evaluation;
    expect(costs).toEqual({ falsePositive: 1, falseNegative: 20 });
  });

  it.each(['recall-at-least', 'precision-at-least'])('can ask for all of it: %s 1', (rule) => {
    const { threshold } = parseRequest({ ...minimal, evaluation: { threshold: { rule, value: 1 } } }).evaluation;
    expect(threshold).toEqual({ rule, value: 1 });
  });

  it('may be in the order of time, on folds that are dealt once', () => {
    const request = parseRequest({ ...minimal, split: { time: 'day' }, evaluation: { repeats: 1 } });
    expect([request.split.time, request.evaluation.repeats]).toEqual(['day', 1]);
  });

  it('is refused with every fault at once, and with what was probably meant', () => {
    const refused = () =>
      parseRequest({
        ...minimal,
        learnr: {},
        learner: { type: 'decision-tree', maxDeph: 3, maxDepth: 900 },
        generator: { type: 'autoencoder', noise: { dimensions: 3 } },
        split: { testFraction: 2 },
        something: 1,
      });
    expect(refused).toThrow(InvalidRequestError);
    expect(refused).toThrowErrorMatchingInlineSnapshot(`
      [InvalidRequestError: The request is not valid:
        - learner.maxDepth: Too big: expected number to be <=64; found 900
        - learner.maxDeph: unknown key; did you mean maxDepth?
        - generator.noise.dimensions: unknown key; did you mean dimension?
        - split.testFraction: Too big: expected number to be <1; found 2
        - learnr: unknown key; did you mean learner?
        - something: unknown key; known keys are dataset, target, missing, learner, generator, discriminator, sampling, split, strategy, evaluation, domain, output, seed]
    `);
  });

  it.each([
    [null, 'request: Invalid input: expected object, received null'],
    [{}, 'dataset: Invalid input: expected object, received undefined'],
    [{ dataset: { uri: 5 } }, 'dataset.uri: Invalid input: expected string, received number; found 5'],
    [{ ...minimal, seed: 1.5 }, 'seed: Invalid input: expected int, received number; found 1.5'],
    [
      { ...minimal, learner: { type: 'oracle' } },
      "learner.type: Invalid discriminator value. Expected 'decision-tree' | 'svm' | 'neural-network'",
    ],
    [
      { ...minimal, strategy: 'auto', evaluation: { strategies: [] } },
      'strategy: found auto and no evaluation.strategies, needed some to choose from',
    ],
    [
      { ...minimal, strategy: 'cost-weights' },
      'strategy: found cost-weights and neither evaluation.costs nor evaluation.benefit, needed one of them',
    ],
    [{ ...minimal, evaluation: { metric: 'expected-value' } }, 'evaluation.metric: found expected-value and neither'],
    [
      { ...minimal, evaluation: { threshold: { rule: 'min-cost' } } },
      'evaluation.threshold: found min-cost and neither evaluation.costs',
    ],
    [
      { ...minimal, evaluation: { costs: { falsePositive: 1 } } },
      'evaluation.costs.falseNegative: found none, needed what a missed minority row costs beside a false alarm ' +
        '(--cost-false-negative)',
    ],
    [
      { ...minimal, evaluation: { costs: { falsePositive: 0, falseNegative: 5 } } },
      'evaluation.costs.falsePositive: Too small: expected number to be >=1e-9; found 0',
    ],
    [
      { ...minimal, evaluation: { costs: { falsePositive: 1, falseNegative: 1e90 } } },
      'evaluation.costs.falseNegative: Too big: expected number to be <=1000000000; found 1e+90',
    ],
    [
      {
        ...minimal,
        evaluation: { benefit: { truePositive: 0, trueNegative: 0, falsePositive: -1, falseNegative: -1e90 } },
      },
      'evaluation.benefit: found an error that costs 1e+90, needed from 1e-9 to 1000000000; take another unit',
    ],
    [
      { ...minimal, split: { time: 'day' }, evaluation: { repeats: 3 } },
      'evaluation.repeats: found 3 and split.time "day", needed 1: in the order of time there is but one way to deal rows ' +
        'into folds',
    ],
    [
      { ...minimal, evaluation: { threshold: { rule: 'recall-at-least', value: 1.1 } } },
      'evaluation.threshold.value: Too big: expected number to be <=1; found 1.1',
    ],
    [
      { ...minimal, evaluation: { benefit: { truePositive: 1, trueNegative: 0, falsePositive: 0, falseNegative: 1 } } },
      'evaluation.benefit: found no error that costs anything, needed one at least',
    ],
    [
      {
        ...minimal,
        strategy: 'cost-weights',
        evaluation: { benefit: { truePositive: 0, trueNegative: 0, falsePositive: 0, falseNegative: -5 } },
      },
      'strategy: found cost-weights and an error that costs nothing, needed a cost above 0 for both',
    ],
    [
      {
        ...minimal,
        evaluation: {
          costs: { falseNegative: 5 },
          benefit: { truePositive: 1, trueNegative: 0, falsePositive: -1, falseNegative: 0 },
        },
      },
      'evaluation: found both costs and benefit, needed one of them',
    ],
    [
      { ...minimal, split: { group: 'customer', time: 'day' } },
      'split: found both group "customer" and time "day", needed one of them',
    ],
    [
      { ...minimal, evaluation: { folds: 20, repeats: 10 } },
      'evaluation: found 15 strategies (a resampling one for each ratio) x 20 folds x 10 repeats = 3000 fits, needed at most 1000',
    ],
    [{ ...minimal, sampling: { ratio: 0 } }, 'sampling.ratio: Too small: expected number to be >=0.1; found 0'],
  ])('%j is refused', (request, message) => {
    expect(() => parseRequest(request)).toThrow(message);
  });

  it('lists the first twenty faults, each at a readable length, and says how many more there are', () => {
    const unknown = Object.fromEntries(Array.from({ length: 8000 }, (_, n) => [`unknown ${n}`, n]));
    const refusal = (request: object) => {
      try {
        parseRequest(request);
      } catch (error) {
        return (error as Error).message.split('\n');
      }
      throw new Error('was not refused');
    };
    const lines = refusal({ ...minimal, ...unknown });
    expect(lines).toHaveLength(1 + 20 + 1);
    expect(lines[20]).toMatch(/^ {2}- unknown 19: unknown key; known keys are dataset, /);
    expect(lines[21]).toBe('  - and 7980 more');
    const start = '  - seed: Invalid input: expected number, received string; found "';
    expect(refusal({ ...minimal, seed: 'x'.repeat(300_000) })).toEqual([
      'The request is not valid:',
      `${start}${'x'.repeat('  - '.length + 499 - start.length)}…`,
    ]);
    // A name of characters that are two units each, cut in the middle of one.
    const [, line] = refusal({ ...minimal, [`-${'\u{1f3b2}'.repeat(400)}`]: 1 });
    expect(line.isWellFormed()).toBe(true);
  });

  it('suggests names that are a slip away, and no others', () => {
    expect(suggest('incom', ['age', 'income'])).toBe('income');
    expect(suggest('INCOME', ['age', 'income'])).toBe('income');
    expect(suggest('label', ['age', 'income'])).toBeUndefined();
  });
});
