import { InvalidArgumentError } from '../errors.ts';
import { CALIBRATIONS, type Calibration } from '../evaluation/calibration/calibrations.ts';
import { reliability } from '../evaluation/calibration/reliability.ts';
import { type ConfusionCounts, countConfusion } from '../evaluation/confusion-counts.ts';
import { foldInterval } from '../evaluation/fold-intervals.ts';
import type { Interval } from '../evaluation/interval.ts';
import { METRIC_NAMES, type MetricName } from '../evaluation/metric-names.ts';
import { METRICS, type MetricOptions } from '../evaluation/metrics.ts';
import { type NoSkill, noSkill } from '../evaluation/no-skill.ts';
import type { FoldOutcome } from '../strategies/evaluate-fold.ts';
import { strategyFromId } from '../strategies/strategy.ts';
import { strategyLabel } from '../strategies/strategy-label.ts';
import { type Candidate, chooseBest, pairedDifferences } from './choose-best.ts';
import type { ComparisonProtocol, StrategyComparison, StrategyResult } from './comparison.ts';
import { type FoldMetrics, foldMetrics, recallMatching } from './fold-metrics.ts';
import { type Goal, reaches } from './goal.ts';
import { describeIntervals, heldOutShare } from './protocol.ts';

/** The strategy that the others are measured against. */
const BASELINE = 'none';
/** Its false-positive rate is where recalls are compared, the operating point being held still. */
const REFERENCE = 'under-sampling@1';

export interface ComparisonOptions extends MetricOptions {
  /** what the best is chosen by, as `chooseBest` says */
  readonly metric: MetricName;
  /** what the best has to reach, if one of them does */
  readonly goal?: Goal;
}

/** How a strategy did: [repeat][fold]. */
export type StrategyOutcomes = readonly (readonly FoldOutcome[])[];

/**
 * Puts strategies side by side: metrics with intervals over the folds, differences to `none` on the same folds, recall with the
 * operating point held still, and calibration.
 *
 * @param outcomes by strategy id, `none` among them, in the order of the table to come; all on the same folds
 * @param options beta and benefits are those of the metrics
 * @throws InvalidArgumentError (no `none`, other folds than the protocol's)
 */
export function compareStrategies(
  outcomes: ReadonlyMap<string, StrategyOutcomes>,
  protocol: ComparisonProtocol,
  options: ComparisonOptions,
): StrategyComparison {
  requireSameFolds(outcomes, protocol);
  const testShare = heldOutShare(protocol);
  const baseline = outcomes
    .get(BASELINE)!
    .flat()
    .map((fold) => foldMetrics(fold, options));
  const compared = Array.from(outcomes, ([id, repeats]) => {
    const metrics = repeats.flat().map((fold) => foldMetrics(fold, options));
    const result = describe(id, repeats, metrics, baseline, outcomes.get(REFERENCE)?.flat(), testShare);
    return { result, strategy: strategyFromId(id), values: valuesOf(metrics, options.metric) };
  });
  const guess = noSkill(options.metric, protocol.rows, options);
  const best = bestOf(compared, guess, testShare, options);
  return {
    protocol: { ...protocol, intervals: describeIntervals(protocol) },
    metric: options.metric,
    noSkill: guess,
    goal: options.goal ?? null,
    strategies: compared.map(({ result, values }) => ({
      ...result,
      behindBest: foldInterval(pairedDifferences(best.values, values), testShare),
    })),
    best: best.result.id,
  };
}

interface Compared extends Candidate {
  readonly result: Omit<StrategyResult, 'behindBest'>;
}

/** Of those that reach the goal, where one is set and one of them has learned anything; else of all. */
function bestOf(
  compared: readonly Compared[],
  guess: NoSkill | null,
  testShare: number,
  { metric, goal }: ComparisonOptions,
): Compared {
  const { higherIsBetter } = METRICS[metric];
  const choice = { higherIsBetter, testShare, ...(guess ? { guessed: guess.value } : {}) };
  const reaching = goal ? compared.filter(({ result }) => reaches(result, goal)) : [];
  const place = chooseBest(reaching, choice);
  return place === null ? compared[chooseBest(compared, choice)!] : reaching[place];
}

function describe(
  id: string,
  repeats: StrategyOutcomes,
  metrics: readonly FoldMetrics[],
  baseline: readonly FoldMetrics[],
  reference: readonly FoldOutcome[] | undefined,
  testShare: number,
): Omit<StrategyResult, 'behindBest'> {
  const strategy = strategyFromId(id);
  const folds = repeats.flat();
  const matched = folds.map((fold, i) => (reference === undefined ? null : recallMatching(fold, reference[i])));
  return {
    id,
    ...strategy,
    label: strategyLabel(strategy),
    trainedOn: {
      majority: mean(folds.map(({ trainedOn }) => trainedOn.majority)),
      minority: mean(folds.map(({ trainedOn }) => trainedOn.minority)),
      synthetic: mean(folds.map(({ trainedOn }) => trainedOn.synthetic)),
    },
    counts: meanCounts(repeats),
    metrics: byMetric((name) => foldInterval(valuesOf(metrics, name), testShare)),
    differences: byMetric((name) =>
      foldInterval(pairedDifferences(valuesOf(metrics, name), valuesOf(baseline, name)), testShare),
    ),
    recallAtMatchedFpr: foldInterval(matched, testShare),
    calibration: calibrationOf(folds),
  };
}

function valuesOf(metrics: readonly FoldMetrics[], name: MetricName): (number | null)[] {
  return metrics.map((values) => values[name]);
}

function byMetric(intervalOf: (name: MetricName) => Interval): Record<MetricName, Interval> {
  return Object.fromEntries(METRIC_NAMES.map((name) => [name, intervalOf(name)])) as Record<MetricName, Interval>;
}

/** Rounded such that they still add up to the rows of each class. */
function meanCounts(repeats: StrategyOutcomes): ConfusionCounts {
  const counts = repeats.flat().map(countConfusion);
  const perRepeat = (of: (count: ConfusionCounts) => number) =>
    counts.reduce((sum, count) => sum + of(count), 0) / repeats.length;
  const truePositives = Math.round(perRepeat((count) => count.truePositives));
  const falsePositives = Math.round(perRepeat((count) => count.falsePositives));
  return {
    truePositives,
    falsePositives,
    trueNegatives: Math.round(perRepeat((count) => count.falsePositives + count.trueNegatives)) - falsePositives,
    falseNegatives: Math.round(perRepeat((count) => count.truePositives + count.falseNegatives)) - truePositives,
  };
}

function calibrationOf(folds: readonly FoldOutcome[]): StrategyResult['calibration'] {
  const labels = Uint8Array.from(folds.flatMap((fold) => [...fold.labels]));
  const pooled = (name: Calibration) => Float64Array.from(folds.flatMap((fold) => [...fold.probabilities[name]]));
  return Object.fromEntries(
    CALIBRATIONS.map((name) => [name, reliability(labels, pooled(name))]),
  ) as unknown as StrategyResult['calibration'];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function requireSameFolds(
  outcomes: ReadonlyMap<string, StrategyOutcomes>,
  { folds, repeats }: ComparisonProtocol,
): void {
  if (!outcomes.has(BASELINE)) {
    const found = [...outcomes.keys()].join(', ') || 'no strategy';
    throw new InvalidArgumentError(
      `comparison: found ${found}, needed none as well, which the others are measured against`,
    );
  }
  for (const [id, found] of outcomes) {
    if (found.length === repeats && found.every((repeat) => repeat.length === folds)) continue;
    throw new InvalidArgumentError(
      `comparison, ${id}: found ${found.map((repeat) => repeat.length).join(' and ') || 'no'} folds, ` +
        `needed ${folds} in each of ${repeats} repeats`,
    );
  }
}
