import { describe, expect, it } from 'vitest';
import { createLearner } from '../../../core/learners/registry.ts';
import { createRng } from '../../../core/random/rng.ts';
import type { StrategySettings } from '../../../core/strategies/settings.ts';
import type { Strategy } from '../../../core/strategies/strategy.ts';
import { trainStrategy } from '../../../core/strategies/train-strategy.ts';
import { encodeFeatures, fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { drawRows, EVERY_STRATEGY, SETTINGS } from './sample.ts';

const observed = drawRows(210);
const minority = [...observed.labels.keys()].filter((row) => observed.labels[row] === 1);
const train = (strategy: Strategy, settings: StrategySettings = SETTINGS, stream = 'test') =>
  trainStrategy(strategy, observed, settings, 0, stream);
const countsOf = (strategy: Strategy) => {
  const { labels } = train(strategy).rows;
  const found = labels.filter((label) => label === 1).length;
  return { majority: labels.length - found, minority: found };
};

describe('trainStrategy', () => {
  it.each(EVERY_STRATEGY)('trains $type at $ratio on what it says that it trained on', (strategy) => {
    const { learner, encoder, rows } = train(strategy);
    expect(encoder).toEqual(fitFeatureEncoder(observed.table));
    const again = createLearner(SETTINGS.learner).fit(
      encodeFeatures(encoder, rows.table),
      rows.labels,
      rows.weights,
      createRng(0, 'test/EvaluateResult'),
    );
    expect(learner.toJSON()).toEqual(again.toJSON());
  });

  it.each(EVERY_STRATEGY)('names the origin of every row of $type at $ratio', (strategy) => {
    const { rows } = train(strategy);
    const amounts = rows.table.columns[0];
    const observedAmounts = observed.table.columns[0];
    if (amounts.kind !== 'numeric' || observedAmounts.kind !== 'numeric') throw new Error('amounts are numbers');
    expect([rows.labels.length, rows.weights.length, rows.origins.length]).toEqual(new Array(3).fill(rows.table.rows));
    rows.origins.forEach((origin, i) => {
      if (origin < 0) expect(rows.labels[i]).toBe(1);
      else {
        expect(rows.labels[i]).toBe(observed.labels[origin]);
        expect(amounts.values[i]).toBe(observedAmounts.values[origin]);
      }
    });
  });

  it('leaves the rows as they are where it only weighs them, or moves the threshold', () => {
    for (const type of ['none', 'threshold', 'class-weights', 'sqrt-class-weights', 'cost-weights'] as const) {
      expect([...train({ type, ratio: null }).rows.origins]).toEqual([...observed.labels.keys()]);
    }
  });

  it('weighs classes as asked', () => {
    const weightsOf = (type: Strategy['type']) => {
      const { weights } = train({ type, ratio: null }).rows;
      return [weights[1], weights[0]];
    };
    expect(weightsOf('none')).toEqual([1, 1]);
    expect(weightsOf('class-weights')).toEqual([210 / (2 * 180), 210 / (2 * 30)].map(Math.fround));
    expect(weightsOf('sqrt-class-weights')).toEqual([210 / (2 * 180), 210 / (2 * 30)].map(Math.sqrt).map(Math.fround));
    expect(weightsOf('cost-weights')).toEqual([1, 5]);
  });

  it('under-samples the majority to the ratio, and keeps the minority', () => {
    expect(countsOf({ type: 'under-sampling', ratio: 2 })).toEqual({ majority: 60, minority: 30 });
    const { origins } = train({ type: 'under-sampling', ratio: 2 }).rows;
    expect(new Set(origins).size).toBe(90);
    expect([...origins].filter((row) => observed.labels[row] === 1)).toEqual(minority);
  });

  it('over-samples the minority to the ratio, and keeps every row', () => {
    expect(countsOf({ type: 'over-sampling', ratio: 1 })).toEqual({ majority: 180, minority: 180 });
    const { origins } = train({ type: 'over-sampling', ratio: 1 }).rows;
    expect([...origins.slice(0, 210)]).toEqual([...observed.labels.keys()]);
  });

  it('adds generated rows that the discriminator calls majority, then under-samples', () => {
    const { origins, labels } = train({ type: 'algorithm-1', ratio: 1 }).rows;
    const synthetic = origins.filter((origin) => origin < 0);
    expect(synthetic.length).toBeGreaterThan(0);
    expect(synthetic.length).toBeLessThan(30);
    expect(new Set(synthetic).size).toBe(synthetic.length);
    const counts = countsOf({ type: 'algorithm-1', ratio: 1 });
    expect(counts).toEqual({ majority: 30 + synthetic.length, minority: 30 + synthetic.length });
    expect([...origins].filter((row, i) => row >= 0 && labels[i] === 1)).toEqual(minority);
  });

  it('keeps all generated rows where it is told to', () => {
    const all = { ...SETTINGS, discriminator: { balance: 'none', select: 'all' } } as const;
    const { origins } = train({ type: 'algorithm-1', ratio: 1 }, all).rows;
    expect([...origins].filter((row) => row < 0)).toEqual(Array.from({ length: 30 }, (_, i) => -1 - i));
  });

  it('over-samples by weights where the learner takes them for repeated rows, else by rows', () => {
    const strategy = { type: 'over-sampling', ratio: 1 } as const;
    const limited = { ...SETTINGS, learner: { type: 'decision-tree', minSamplesLeaf: 3 } } as const;
    const { encoder, learner, rows } = train(strategy, limited);
    const again = createLearner(limited.learner).fit(
      encodeFeatures(encoder, rows.table),
      rows.labels,
      rows.weights,
      createRng(0, 'unused'),
    );
    expect(learner.toJSON()).toEqual(again.toJSON());
  });

  it('draws by the seed and the stream', () => {
    const strategy = { type: 'algorithm-1', ratio: 1 } as const;
    expect(train(strategy).rows).toEqual(train(strategy).rows);
    expect(train(strategy, SETTINGS, 'other').rows.origins).not.toEqual(train(strategy).rows.origins);
    expect(trainStrategy(strategy, observed, SETTINGS, 1, 'test').rows.origins).not.toEqual(
      train(strategy).rows.origins,
    );
  });

  it('refuses resampling without a ratio', () => {
    expect(() => train({ type: 'under-sampling', ratio: null })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: strategy under-sampling: found no ratio, needed one, as in under-sampling@1]`,
    );
  });
});
