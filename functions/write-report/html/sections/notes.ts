import type { Report } from '../../../../contracts/report.ts';
import { METRIC_NAMES, type MetricName } from '../../../../core/evaluation/metric-names.ts';
import { METRICS } from '../../../../core/evaluation/metrics.ts';
import { percent } from '../format.ts';
import { html } from '../html.ts';
import { METRIC_MEANINGS } from '../metric-words.ts';
import { definitions, type Section, section } from './section.ts';

const WORDS = [
  [
    'Minority, majority',
    'The class that is looked for, and the other one. The minority is the positive class everywhere.',
  ],
  ['False alarm', 'A majority row called minority: a false positive.'],
  ['Ratio', 'Majority rows for each minority row that a strategy trains on: 1:1 is balanced.'],
  [
    'Algorithm 1',
    'Generate minority rows from noise, keep those that a discriminator takes for majority (they say something new), merge them with the observed rows, and under-sample the majority.',
  ],
  [
    'Validation folds',
    'Parts of the training rows, each held out once. Thresholds, calibration and the best strategy are chosen on them.',
  ],
  ['Test rows', 'Rows set aside before anything else happened, looked at once, at the end.'],
  [
    'Interval',
    'Where the number would plausibly lie on other rows of the same kind. Two overlapping intervals do not settle which is better; the paired change may.',
  ],
] as const;

export function notesSection({ test, request }: Report): Section {
  const all = test.rows.majority + test.rows.minority;
  const body = html`
<h3>Why not accuracy</h3>
<p>Calling all test rows majority, and finding nothing, is right for ${percent(all === 0 ? 0 : test.rows.majority / all)} of them. Accuracy rewards that. It is in the full tables, and decides nothing.</p>
<h3>Metrics</h3>
${definitions(METRIC_NAMES.map((name) => [METRICS[name].label, explained(name, request.evaluation.beta)]))}
<h3>Words</h3>
${definitions(WORDS)}`;
  const lead = 'What the words and numbers on this page mean.';
  return section('notes', 'How to read this', lead, body);
}

function explained(name: MetricName, beta: number): string {
  const parts = [METRIC_MEANINGS[name], name === 'f-beta' && `Here beta is ${beta}.`, METRICS[name].note];
  return parts.filter((part) => typeof part === 'string').join(' ');
}
