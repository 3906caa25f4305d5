import { describe, expect, it } from 'vitest';
import { learnerSettingsSchema } from '../../contracts/learner-settings.ts';
import { createLearner, LEARNER_TYPES } from '../../core/learners/registry.ts';
import { createRng } from '../../core/random/rng.ts';
import { drawTrainingSet } from '../core/learners/training-sets.ts';

const { matrix, labels, weights } = drawTrainingSet(120, 4, createRng(1, 'settings'));

describe('the learners of a request', () => {
  it('are all that there are', () => {
    expect(learnerSettingsSchema.options.map((option) => option.shape.type.value)).toEqual(LEARNER_TYPES);
  });

  it.each(LEARNER_TYPES)('%s: the defaults are those of the learner itself', (type) => {
    const fit = (settings: Parameters<typeof createLearner>[0]) =>
      createLearner(settings).fit(matrix, labels, weights, createRng(0, 'settings')).toJSON();
    expect(fit(learnerSettingsSchema.parse({ type }))).toEqual(fit({ type }));
  });
});
