import type { Comparison, StrategyResult } from '../../../contracts/comparison.ts';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import type { Rng } from '../../../core/random/rng.ts';
import { type Strategy, type StrategyType, strategyId } from '../../../core/strategies/strategy.ts';
import { fakeInterval, fakeMetrics } from './fake-curves.ts';

type Calibration = StrategyResult['calibration'];
interface Rows {
  readonly majority: number;
  readonly minority: number;
}

const LABELS: Readonly<Record<StrategyType, string>> = {
  none: 'Nothing: all rows as they are',
  'class-weights': 'Class weights, balanced',
  'sqrt-class-weights': 'Class weights, square root',
  'cost-weights': 'Class weights by cost',
  threshold: 'Threshold moved',
  'under-sampling': 'Random under-sampling',
  'over-sampling': 'Random over-sampling',
  'algorithm-1': 'Algorithm 1',
};

/** What share of the minority and of the majority a strategy calls minority. */
const OUTCOMES: readonly (readonly [StrategyType, number | null, number, number])[] = [
  ['none', null, 0.3613, 0.0121],
  ['class-weights', null, 0.8102, 0.1315],
  ['sqrt-class-weights', null, 0.6011, 0.0501],
  ['threshold', null, 0.6204, 0.0446],
  ['under-sampling', 1, 0.8421, 0.1921],
  ['under-sampling', 2, 0.7412, 0.1014],
  ['under-sampling', 3, 0.6603, 0.0677],
  ['over-sampling', 1, 0.8022, 0.1302],
  ['algorithm-1', 1, 0.8702, 0.2117],
  ['algorithm-1', 2, 0.7707, 0.1151],
  ['algorithm-1', 3, 0.6906, 0.0752],
];

/** Eleven strategies on five folds. */
export function fakeComparison(rng: Rng, train: Rows): Comparison {
  const results = OUTCOMES.map(([type, ratio, found, alarmed]) => {
    const truePositives = Math.round(found * train.minority);
    const falsePositives = Math.round(alarmed * train.majority);
    const counts = {
      truePositives,
      falsePositives,
      trueNegatives: train.majority - falsePositives,
      falseNegatives: train.minority - truePositives,
    };
    return fakeStrategy({ type, ratio }, counts, train, rng);
  });
  const none = results[0].metrics;
  const mcc = ({ metrics }: Pick<StrategyResult, 'metrics'>) => metrics.mcc.estimate ?? -1;
  const best = results.reduce((a, b) => (mcc(b) > mcc(a) ? b : a));
  const strategies = results.map((result) => ({
    ...result,
    differences: differences(result.metrics, none),
    behindBest: fakeInterval(mcc(best) - mcc(result), 0.017),
  }));
  return {
    protocol: {
      kind: 'stratified',
      column: null,
      folds: 5,
      repeats: 1,
      rows: train,
      ofRows: train,
      intervals:
        '95% intervals of Student’s t over the folds, the variance corrected for training rows that folds share.',
    },
    metric: 'mcc',
    noSkill: { guess: 'coin', value: 0 },
    goal: null,
    strategies,
    best: best.id,
    published: 'algorithm-1@1',
  };
}

function fakeStrategy(
  strategy: Strategy,
  counts: StrategyResult['counts'],
  train: Rows,
  rng: Rng,
): Omit<StrategyResult, 'behindBest'> {
  const { type, ratio } = strategy;
  const metrics = fakeMetrics(counts, 0.008 + 0.02 * rng.nextFloat());
  const majority = ratio === null || type === 'over-sampling' ? train.majority : train.minority * ratio;
  return {
    id: strategyId(strategy),
    type,
    ratio,
    label: ratio === null ? LABELS[type] : `${LABELS[type]}, ${ratio}:1`,
    trainedOn: {
      majority: 0.8 * majority,
      minority: 0.8 * (type === 'over-sampling' ? train.majority : train.minority),
      synthetic: type === 'algorithm-1' ? 0.8 * 0.31 * train.minority : 0,
    },
    counts,
    metrics,
    differences: metrics,
    recallAtMatchedFpr: fakeInterval(0.84 + 0.03 * rng.nextFloat(), 0.02),
    calibration: fakeCalibration(rng, ratio === 1 ? 0.22 : 0.06),
  };
}

function differences(these: StrategyResult['metrics'], none: StrategyResult['metrics']): StrategyResult['metrics'] {
  const entries = METRIC_NAMES.map((name: MetricName) => {
    const [a, b] = [these[name].estimate, none[name].estimate];
    return [name, fakeInterval(a === null || b === null ? null : a - b, a === b ? 0 : 0.017)];
  });
  return Object.fromEntries(entries);
}

/** @param bias how far predicted probabilities lie above what is observed, before calibration */
export function fakeCalibration(rng: Rng, bias: number): Calibration {
  const reliability = (off: number) => {
    const bins = Array.from({ length: 10 }, (_, i) => {
      const meanPredicted = (i + 0.3 + 0.4 * rng.nextFloat()) / 10;
      const wave = Math.sin(Math.PI * meanPredicted);
      const noise = 0.02 * rng.nextNormal();
      const observedShare = Math.min(1, Math.max(0, meanPredicted - off * wave + noise * wave));
      return { meanPredicted, observedShare, rows: Math.round(2500 * Math.exp(-i / 2.5)) + 40 };
    });
    const size = Math.abs(off);
    return { expectedCalibrationError: size * 0.7 + 0.004, brier: 0.11 + size / 5, logLoss: 0.35 + size / 2, bins };
  };
  return {
    none: reliability(bias),
    'prior-corrected': reliability(bias / 5),
    platt: reliability(-bias / 8),
    isotonic: reliability(bias / 20),
  };
}
