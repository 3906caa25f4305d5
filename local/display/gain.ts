import type { SucceededManifest } from '../../contracts/manifest.ts';
import { count } from '../../core/counting.ts';
import { safeText, truncate } from './safe-text.ts';

const LABEL_WIDTH = 20;

/**
 * In plain words, what rebalancing gained and cost against under-sampling alone: both at the learner's own threshold,
 * and with the threshold moved until the false alarms are equally many.
 */
export function describeGain({ metrics, request }: Pick<SucceededManifest, 'metrics' | 'request'>): string {
  const { undersampled, rebalanced } = metrics;
  const found = rebalanced.truePositives - undersampled.truePositives;
  const alarms = rebalanced.falsePositives - undersampled.falsePositives;
  const positives = rebalanced.truePositives + rebalanced.falseNegatives;
  const label = truncate(safeText(request.target.minority), LABEL_WIDTH);
  const direct = `${difference(found)} of ${count(positives)} "${label}" rows found, ${difference(alarms)} false alarms`;
  const before = undersampled.recallAtUndersampledFpr ?? undersampled.recall;
  const after = rebalanced.recallAtUndersampledFpr;
  if (before === null || after === null) return `Against under-sampling alone: ${direct}.`;
  return `Against under-sampling alone: ${direct}; at the same false-positive rate ${recallChange(before, after)}.`;
}

function difference(change: number): string {
  if (change === 0) return 'as many';
  return `${count(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'}`;
}

function recallChange(before: number, after: number): string {
  const points = ((after - before) * 100).toFixed(1);
  if (Number(points) === 0) return 'recall does not change';
  return `recall changes by ${after > before ? '+' : ''}${points} points`;
}
