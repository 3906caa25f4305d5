import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOMAIN_METHODS } from '../../../core/domain/methods.ts';
import { METRIC_NAMES } from '../../../core/evaluation/metric-names.ts';
import { STRATEGY_TYPES } from '../../../core/strategies/strategy.ts';
import { UsageError } from '../../../local/command/usage-error.ts';
import { buildRequest, optionOf, type RequestSources, type TypedOption } from '../../../local/request/build-request.ts';
import { REQUEST_OPTIONS } from '../../../local/request/options.ts';

const DATASET = 'file:///data/cards.csv';

function typed(options: Record<string, string>): TypedOption[] {
  return Object.entries(options).map(([name, text]) => {
    const option = REQUEST_OPTIONS.find((candidate) => candidate.name === name);
    if (!option) throw new Error(`There is no --${name}.`);
    return { option, text };
  });
}

function build(options: Record<string, string> = {}, more: Partial<RequestSources> = {}) {
  return buildRequest({
    typed: typed(options),
    datasetUri: DATASET,
    defaultOutputUri: (name) => `file:///work/out/${name}`,
    ...more,
  });
}

function faultOf(options: Record<string, string>, more: Partial<RequestSources> = {}): string {
  try {
    build(options, more);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('nothing was found wrong');
}

const fractionText = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const nameText = fc
  .string({ minLength: 1, maxLength: 8 })
  .filter((name) => name.trim() === name && !name.includes(','));
const namesText = fc.array(nameText, { minLength: 2, maxLength: 5 });

/** Valid values for every option, and the value that the request must hold for each. */
const VALID: Record<string, fc.Arbitrary<unknown>> = {
  target: nameText,
  minority: nameText,
  columns: namesText,
  ignore: namesText,
  missing: fc.constantFrom('auto', 'complete-case', 'impute'),
  learner: fc.constant('decision-tree'),
  'max-depth': fc.integer({ min: 1, max: 64 }),
  'min-samples-leaf': fc.integer({ min: 1, max: 10_000 }),
  'class-weight': fc.constantFrom('none', 'balanced', 'sqrt-balanced'),
  rows: fc.integer({ min: 1, max: 10_000_000 }),
  epochs: fc.integer({ min: 1, max: 100_000 }),
  ratio: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  seed: fc.integer(),
  strategy: fc.constantFrom(...STRATEGY_TYPES.filter((type) => type !== 'cost-weights'), 'auto'),
  metric: fc.constantFrom(...METRIC_NAMES.filter((name) => name !== 'expected-value')),
  compare: fc.subarray([...STRATEGY_TYPES], { minLength: 1 }),
  ratios: fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 4 }),
  folds: fc.integer({ min: 2, max: 10 }),
  repeats: fc.integer({ min: 1, max: 4 }),
  group: nameText,
  time: nameText,
  'cost-false-positive': fc.double({ min: 0.001, max: 1e6, noNaN: true }),
  'cost-false-negative': fc.double({ min: 0.001, max: 1e6, noNaN: true }),
  domain: fc.constantFrom(...DOMAIN_METHODS),
  'test-fraction': fractionText,
  'minority-fraction': fractionText,
  format: fc.constantFrom('csv', 'parquet'),
};

describe('buildRequest', () => {
  it('takes any valid value of any option into its field of the request', () => {
    const anyOptions = fc
      .record(VALID, { requiredKeys: [] })
      .filter(({ group, time }) => !(group && time))
      .filter(({ time, repeats }) => !(time && Number(repeats) > 1))
      .filter((values) => !('cost-false-positive' in values) || 'cost-false-negative' in values);
    fc.assert(
      fc.property(anyOptions, (values) => {
        const texts = Object.entries(values).map(([name, value]) => [name, String(value)]);
        const request = build(Object.fromEntries(texts));
        for (const { option } of typed(Object.fromEntries(texts))) {
          const field = option.path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], request);
          expect(field).toEqual(values[option.name]);
        }
      }),
    );
    expect(Object.keys(VALID).toSorted()).toEqual(REQUEST_OPTIONS.map(({ name }) => name).toSorted());
  });

  it("fills in the schema's defaults, and the output folder after the name of the table", () => {
    const request = build();
    expect(request.dataset.uri).toBe(DATASET);
    expect(request.learner).toMatchObject({
      type: 'decision-tree',
      maxDepth: 8,
      minSamplesLeaf: 1,
      classWeight: 'none',
    });
    expect(request.output).toEqual({ uri: 'file:///work/out/cards', format: 'csv' });
  });

  it('takes seed 0 for a seed, and numbers below zero for numbers', () => {
    expect(build({ seed: '0' }).seed).toBe(0);
    expect(build({ seed: '-5' }).seed).toBe(-5);
  });

  it.each([
    [{ ratio: 'abc' }, '--ratio: found "abc", needed a number from 0.1 to 1000'],
    [{ ratio: '0' }, '--ratio: found "0", needed a number from 0.1 to 1000'],
    [{ ratio: '' }, '--ratio: found "", needed a number from 0.1 to 1000'],
    [{ ratio: 'Infinity' }, '--ratio: found "Infinity", needed a number from 0.1 to 1000'],
    [{ rows: '1.5' }, '--rows: found "1.5", needed a whole number from 1 to 10000000'],
    [{ seed: 'x' }, '--seed: found "x", needed a whole number from -9007199254740991 to 9007199254740991'],
    [{ 'min-samples-leaf': '0' }, '--min-samples-leaf: found "0", needed a whole number above 0'],
    [{ 'test-fraction': '1' }, '--test-fraction: found "1", needed a number above 0 and below 1'],
    [{ 'minority-fraction': '0' }, '--minority-fraction: found "0", needed a number above 0 and of at most 1'],
    [{ columns: 'a' }, '--columns: found "a", needed at least 2 names, separated by commas'],
    [{ columns: 'a,,b' }, '--columns: found "a,,b", needed at least 2 names, separated by commas'],
    [{ target: '' }, '--target: found "", needed a text that is not empty'],
    [{ ratios: '1,x' }, '--ratios: found "1,x", needed 1 to 10 numbers from 0.1 to 1000, separated by commas'],
    [{ metric: 'acuracy' }, `--metric: found "acuracy", needed one of ${METRIC_NAMES.join(', ')}`],
    [
      { compare: 'none,foo' },
      `--compare: found "none,foo", needed any of ${STRATEGY_TYPES.join(', ')}, separated by commas`,
    ],
    [
      { folds: '20', repeats: '20' },
      'evaluation: found 15 strategies (a resampling one for each ratio) x 20 folds x 20 repeats = 6000 fits, needed at most 1000',
    ],
    [
      { strategy: 'auto', compare: '' },
      '--strategy: found auto and no evaluation.strategies, needed some to choose from',
    ],
    [
      { metric: 'expected-value' },
      '--metric: found expected-value and neither evaluation.costs nor evaluation.benefit, needed one of them',
    ],
    [{ format: 'xml' }, '--format: found "xml", needed one of csv, parquet'],
    [{ 'class-weight': 'heavy' }, '--class-weight: found "heavy", needed one of none, balanced, sqrt-balanced'],
    [{ missing: 'drop' }, '--missing: found "drop", needed one of auto, complete-case, impute'],
    [
      { learner: 'svn' },
      '--learner: found "svn", needed one of decision-tree, svm, neural-network, logistic-regression, gradient-boosted-trees, isolation-forest, one-class-svm',
    ],
  ])('says of %j: %s', (options, message) => {
    expect(faultOf(options)).toBe(message);
  });

  it('says all that is wrong at once', () => {
    expect(faultOf({ ratio: 'abc', format: 'xml' }).split('\n').toSorted()).toEqual([
      '--format: found "xml", needed one of csv, parquet',
      '--ratio: found "abc", needed a number from 0.1 to 1000',
    ]);
  });
});

describe('buildRequest with a request file', () => {
  const file = (content: unknown) => ({ file: { path: 'request.json', content } });

  it('lets options override what the file says, and leaves the file as it was', () => {
    const content = {
      dataset: { uri: 's3://bucket/eu/adult.csv' },
      seed: 7,
      sampling: { ratio: 2 },
      output: { format: 'parquet' },
    };
    const before = structuredClone(content);
    const { datasetUri: _, ...sources } = { datasetUri: DATASET, typed: typed({ ratio: '3' }), ...file(content) };
    const request = buildRequest({ ...sources, defaultOutputUri: (name) => `file:///work/out/${name}` });
    expect(request.dataset.uri).toBe('s3://bucket/eu/adult.csv');
    expect([request.seed, request.sampling.ratio]).toEqual([7, 3]);
    expect(request.output).toEqual({ uri: 'file:///work/out/adult', format: 'parquet' });
    expect(content).toEqual(before);
  });

  it('keeps the output location of the file unless --out names another', () => {
    const content = { output: { uri: 's3://bucket/balanced/' } };
    expect(build({}, file(content)).output.uri).toBe('s3://bucket/balanced/');
    expect(build({}, { ...file(content), outputUri: 'file:///elsewhere' }).output.uri).toBe('file:///elsewhere');
  });

  it("says what is wrong in the file in the file's words, and of an option in the option's", () => {
    const content = { sampling: { ratoi: 3 }, seed: 'x' };
    expect(faultOf({ rows: '0' }, file(content)).split('\n').toSorted()).toEqual([
      '--rows: found "0", needed a whole number from 1 to 10000000',
      'request.json: sampling.ratoi: unknown key; did you mean ratio?',
      expect.stringMatching(/^request\.json: seed: .*found "x"$/),
    ]);
  });

  it('refuses a file that holds no object, and a table that is no URI', () => {
    expect(faultOf({}, file([1]))).toBe('--request: found [1] in request.json, needed a JSON object');
    const { datasetUri: _, ...sources } = {
      datasetUri: DATASET,
      typed: [],
      ...file({ dataset: { uri: 'adult.csv' } }),
    };
    expect(() => buildRequest({ ...sources, defaultOutputUri: (name) => name })).toThrow(
      'dataset.uri: Found "adult.csv", needed s3://bucket/key or file:///absolute/path',
    );
  });
});

describe('buildRequest with locations in a request file', () => {
  it('refuses an output location that is no URI', () => {
    const file = { path: 'request.json', content: { output: { uri: 'out/adult' } } };
    expect(faultOf({}, { file })).toBe(
      'output.uri: Found "out/adult", needed s3://bucket/key or file:///absolute/path',
    );
  });
});

describe('optionOf', () => {
  it('knows options by the names that commander gives them', () => {
    expect(optionOf('minSamplesLeaf')?.name).toBe('min-samples-leaf');
    expect(optionOf('json')).toBeUndefined();
  });
});
