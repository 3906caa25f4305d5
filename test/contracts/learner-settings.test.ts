import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../contracts/errors.ts';
import { learnerSettingsSchema } from '../../contracts/learner-settings.ts';
import { parseRequest } from '../../contracts/parse-request.ts';
import { createLearner, LEARNER_TYPES } from '../../core/learners/registry.ts';
import { createRng } from '../../core/random/rng.ts';
import { drawTrainingSet } from '../core/learners/training-sets.ts';

const TABLE = { dataset: { uri: 's3://bucket/incoming/adult.csv' } };
const EXTREMES = [5e-324, 1e-100, 1e-30, 1e-9, 2, 1e9, 1e30, 1e100, 1e300];
/** Fields of which more takes longer. */
const TAKE_LONG = ['epochs', 'rounds', 'trees'];

const { matrix, labels, weights } = drawTrainingSet(120, 4, createRng(1, 'settings'));

function isAccepted(learner: object): boolean {
  try {
    parseRequest({ ...TABLE, learner });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequestError);
    return false;
  }
}

describe('the learners of a request', () => {
  it('are all that there are', () => {
    expect(learnerSettingsSchema.options.map((option) => option.shape.type.value)).toEqual(LEARNER_TYPES);
  });

  it.each(LEARNER_TYPES)('%s: the defaults are those of the learner itself', (type) => {
    const fit = (settings: Parameters<typeof createLearner>[0]) =>
      createLearner(settings).fit(matrix, labels, weights, createRng(0, 'settings')).toJSON();
    expect(fit(learnerSettingsSchema.parse({ type }))).toEqual(fit({ type }));
  });

  it.each(LEARNER_TYPES)('%s: what a request allows can be trained with, however extreme', (type) => {
    const schema = learnerSettingsSchema.options.find(({ shape }) => shape.type.value === type);
    const fields = Object.keys(schema?.shape ?? {}).filter((field) => !TAKE_LONG.includes(field));
    const costs = ['costFalsePositive', 'costFalseNegative'].map((cost) => (value: number) => ({
      classWeight: { costFalsePositive: 1, costFalseNegative: 1, [cost]: value },
    }));
    const changes = [...fields.map((field) => (value: number) => ({ [field]: value })), ...costs];
    const epochs = type === 'neural-network' ? { epochs: 2 } : {};
    const accepted = changes.flatMap((change) =>
      EXTREMES.map((value) => ({ type, ...epochs, ...change(value) })).filter(isAccepted),
    );
    expect(accepted.length).toBeGreaterThan(0);
    for (const settings of accepted) {
      const learner = createLearner(learnerSettingsSchema.parse(settings));
      const scores = learner.fit(matrix, labels, weights, createRng(0, 'settings')).scores(matrix);
      expect([settings, scores.every(Number.isFinite)]).toEqual([settings, true]);
    }
  });

  it.each([
    [{ type: 'logistic-regression', C: 1e100 }, 'learner.C: Too big: expected number to be <=1e+60; found 1e+100'],
    [{ type: 'logistic-regression', C: 1e-100 }, 'learner.C: Too small: expected number to be >=1e-60; found 1e-100'],
    [{ type: 'svm', gamma: 1e90 }, 'learner.gamma: Too big: expected number to be <=1e+30; found 1e+90'],
    [
      { type: 'gradient-boosted-trees', scalePosWeight: 1e90 },
      'learner.scalePosWeight: Too big: expected number to be <=1000000000; found 1e+90',
    ],
    [
      { type: 'decision-tree', classWeight: { costFalsePositive: 1e90, costFalseNegative: 1 } },
      'learner.classWeight.costFalsePositive: Too big: expected number to be <=1000000000; found 1e+90',
    ],
    [
      { type: 'neural-network', learningRate: 1, weightDecay: 2 },
      'learner.weightDecay: found 2 and a learningRate of 1, needed at most 1, which is 1 / learningRate',
    ],
  ])('refuse at once what they would refuse in training: %j', (learner, fault) => {
    expect(() => parseRequest({ ...TABLE, learner })).toThrow(
      new InvalidRequestError(`The request is not valid:\n  - ${fault}`),
    );
  });
});
