import type { MetricName } from '../evaluation/metric-names.ts';
import { METRICS } from '../evaluation/metrics.ts';
import type { ThresholdRule } from '../evaluation/thresholds.ts';
import type { ThresholdRequest } from './settings.ts';

/** What a threshold is moved by where the metric of the comparison is the same at all thresholds. */
const FALLBACK: MetricName = 'mcc';

/**
 * The rule that a request names. `max-metric` is the best by the metric that strategies are compared by; where that needs no
 * threshold (PR-AUC, ROC-AUC, Brier score, log loss) by the Matthews correlation.
 */
export function thresholdRule(request: ThresholdRequest, metric: MetricName): ThresholdRule {
  if (request.rule !== 'max-metric') return request;
  return { rule: 'max-metric', metric: METRICS[metric].ranking ? FALLBACK : metric };
}
