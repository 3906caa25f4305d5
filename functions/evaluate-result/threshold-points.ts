import type { Report } from '../../contracts/report.ts';
import { rocCurve } from '../../core/evaluation/curves.ts';
import { defaultThreshold } from '../../core/learners/default-threshold.ts';
import type { ScoreScale } from '../../core/learners/registry.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import type { Judged } from './judge.ts';
import { thinOut } from './thin-out.ts';

/** Steps of the report's slider. */
const MOST_STEPS = 200;

type Thresholds = Omit<Report['thresholds'], 'benefit'>;

/**
 * What the published model does on the test rows as its threshold moves, at the thresholds that were chosen and at others
 * between the test rows' own scores.
 */
export function describeThresholds(model: ScoringModel, scale: ScoreScale, { labels, scores }: Judged): Thresholds {
  const chosen = model.threshold ?? defaultThreshold(scale);
  const named = [chosen, ...model.thresholds.flatMap(({ threshold }) => threshold ?? [])];
  const steps = rocCurve(labels, scores).flatMap(({ threshold }) => (Number.isFinite(threshold) ? [threshold] : []));
  const thresholds = Float64Array.from(new Set([...thinOut(steps, MOST_STEPS), ...named])).sort();
  // A threshold that calls all rows, or none, minority lies beyond all scores.
  const asScores = scale === 'probability' ? thresholds.map((t) => Math.min(1, Math.max(0, t))) : thresholds;
  const probabilities = model.calibrator.probabilities(asScores);
  const [majority, minority] = [0, 1].map((label) => scores.filter((_, row) => labels[row] === label).sort());
  const points = Array.from(thresholds, (threshold, i) => ({
    threshold,
    probability: probabilities[i],
    truePositives: countFrom(minority, threshold),
    falsePositives: countFrom(majority, threshold),
  }));
  return { chosen, byRule: model.thresholds.map((each) => ({ ...each })), points: points.toReversed() };
}

/** How many of the ascending values are at least `least`. */
function countFrom(ascending: Float64Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] >= least) high = middle;
    else low = middle + 1;
  }
  return ascending.length - low;
}
