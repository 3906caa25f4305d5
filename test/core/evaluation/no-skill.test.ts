import { describe, expect, it } from 'vitest';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import { evaluateMetrics, METRICS } from '../../../core/evaluation/metrics.ts';
import { noSkill } from '../../../core/evaluation/no-skill.ts';

const classes = { majority: 90, minority: 10 };
const benefit = { truePositive: 20, trueNegative: 0, falsePositive: -1, falseNegative: 0 };
const options = { beta: 2, benefit };

describe('noSkill', () => {
  it.each<[MetricName, string, number]>([
    ['mcc', 'coin', 0],
    ['kappa', 'all-majority', 0],
    ['f1', 'all-minority', (2 * 10) / (2 * 10 + 90)],
    ['f-beta', 'all-minority', (5 * 10) / (5 * 10 + 90)],
    ['recall', 'all-minority', 1],
    ['specificity', 'all-majority', 1],
    ['precision', 'all-minority', 0.1],
    ['balanced-accuracy', 'all-majority', 1 / 2],
    ['g-mean', 'coin', 1 / 2],
    ['accuracy', 'all-majority', 0.9],
    ['expected-value', 'all-minority', (10 * 20 - 90) / 100],
    ['pr-auc', 'prior', 0.1],
    ['roc-auc', 'prior', 1 / 2],
    ['brier', 'prior', 0.1 * 0.9],
    ['log-loss', 'prior', -(0.1 * Math.log(0.1) + 0.9 * Math.log(0.9))],
  ])('by %s is %s, with %d', (metric, guess, value) => {
    const found = noSkill(metric, classes, options);
    expect(found?.guess).toBe(guess);
    expect(found?.value).toBeCloseTo(value, 14);
  });

  it('is what the metrics themselves say of who calls all rows the same', () => {
    const labels = Uint8Array.from({ length: 100 }, (_, row) => (row < 10 ? 1 : 0));
    for (const call of [0, 1]) {
      const predictions = new Uint8Array(100).fill(call);
      const prior = new Float64Array(100).fill(0.1);
      const metrics = evaluateMetrics({ labels, predictions, scores: prior, probabilities: prior }, options);
      for (const name of METRIC_NAMES) {
        const [of, guessed] = [metrics[name], noSkill(name, classes, options)?.value ?? Number.NaN];
        if (of === null) continue;
        const worse = METRICS[name].higherIsBetter ? of - guessed : guessed - of;
        expect(worse, name).toBeLessThanOrEqual(1e-12);
      }
    }
  });

  it('has no value without what things are worth', () => {
    expect(noSkill('expected-value', classes, { beta: 2 })).toBeNull();
  });
});
