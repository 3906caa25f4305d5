/** The metrics that a classifier is judged by, as requests and reports name them. */
export const METRIC_NAMES = [
  'mcc',
  'f1',
  'f-beta',
  'recall',
  'precision',
  'specificity',
  'balanced-accuracy',
  'g-mean',
  'kappa',
  'accuracy',
  'pr-auc',
  'roc-auc',
  'brier',
  'log-loss',
  'expected-value',
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];
