import { count } from '../counting.ts';
import type { MetricName } from '../evaluation/metric-names.ts';
import { aboutGoal } from './about-goal.ts';
import { aboutGuess } from './about-guess.ts';
import { anyHasLearned, bestFirst, type Case, caseOf, findsLess, hasFewMinorityRows } from './case.ts';
import type { StrategyComparison, StrategyResult } from './comparison.ts';
import { figure, gainOf, metricName, nameOf, pronoun, range, sentence, subject } from './phrases.ts';
import { explain } from './reasons.ts';

/** What is to be done, in words. */
export interface Verdict {
  /** one sentence */
  readonly headline: string;
  /** what it rests on, most important first */
  readonly reasons: string[];
  /** id of the strategy that is recommended; null where nothing is better than doing nothing */
  readonly prefer: string | null;
}

/** Shares that differ by less are not worth a word. */
const WORTH_A_WORD = 0.01;

/** From here on people read `4 times as many`, and not `300% more`. */
const MANY_TIMES = 3;

/**
 * What a comparison says is to be done: with numbers, with intervals that include zero called so, and with what a gain in recall
 * costs in false positives.
 *
 * @param asked id of the strategy that was asked for, which the verdict is then about; left out where none is compared
 */
export function judgeComparison(comparison: StrategyComparison, asked?: string): Verdict {
  const found = caseOf(comparison, asked);
  const { best } = found;
  const reasons = explain(found);
  if (isTooFewToTell(found)) return { headline: tooFew(found), reasons, prefer: null };
  if (comparison.noSkill && !anyHasLearned(comparison)) {
    return { headline: sentence(aboutGuess(found, comparison.noSkill)), reasons, prefer: null };
  }
  const headline = aboutGoal(found) ?? (found.asked.id === best.id ? aboutBest(found) : aboutAsked(found));
  return { headline: sentence(headline), reasons, prefer: best.type === 'none' ? null : best.id };
}

/** Where the request asks for no comparison. */
export function judgeWithoutComparison(): Verdict {
  return {
    headline: 'The alternatives were not compared, so whether rebalancing was worth it is not known.',
    reasons: [
      'Name strategies under evaluation.strategies, or leave it out, and they are compared on the training rows.',
    ],
    prefer: null,
  };
}

/** Where the request asks for a comparison, and the rows are too few to be dealt into two folds. */
export function judgeTooFewToCompare(): Verdict {
  return {
    headline: 'There are too few rows to compare the alternatives, so whether rebalancing was worth it is not known.',
    reasons: [
      'Two folds could not be dealt from the training rows: each needs some rows of either class, with groups or times of ' +
        'its own where rows have those. Collect more rows of the minority, or of more groups or times.',
    ],
    prefer: null,
  };
}

function isTooFewToTell(found: Case): boolean {
  if (!hasFewMinorityRows(found)) return false;
  const { comparison, best } = found;
  const gain = gainOf(best.differences[comparison.metric], comparison.metric);
  return best.type === 'none' || gain.low === null || gain.low <= 0;
}

function tooFew({ comparison }: Case): string {
  const minority = count(comparison.protocol.rows.minority);
  return `Too few minority rows (${minority}) to tell whether anything is better than doing nothing: ${rival(comparison)}.`;
}

/** Where what was asked for is the best, or nothing was asked for. */
function aboutBest({ comparison, best, none }: Case): string {
  const { metric } = comparison;
  if (best.type === 'none') {
    return `leave the rows as they are, for no strategy is clearly better: ${rival(comparison)}.`;
  }
  const gain = gainOf(best.differences[metric], metric);
  const values = `${metricName(metric)} ${figureOf(best, metric)} against ${figureOf(none, metric)} for doing nothing`;
  if (gain.estimate === null || gain.low === null || gain.high === null) {
    return `${subject(best, 'looks', 'look')} best, but how sure that is cannot be told: ${values}.`;
  }
  const interval = `95% interval ${range({ low: gain.low, high: gain.high })}`;
  return `${subject(best, 'is', 'are')} worth it: ${values}, better by ${figure(gain.estimate)} (${interval}).`;
}

/** `MCC 0.606, and 0.602 for the best of the others, moving the threshold` */
function rival({ strategies, metric }: StrategyComparison): string {
  const [none, next] = [
    strategies.find(({ type }) => type === 'none')!,
    bestFirst(strategies, metric).find(({ type }) => type !== 'none'),
  ];
  const others = next ? `, and ${figureOf(next, metric)} for the best of the others, ${nameOf(next)}` : '';
  return `${metricName(metric)} ${figureOf(none, metric)}${others}`;
}

/** Where another strategy than the one asked for is to be preferred. */
function aboutAsked(found: Case): string {
  const { comparison, best, asked, none } = found;
  if (asked.id === none.id) return `${aboutBest(found).slice(0, -1)}: prefer ${pronoun(best)}.`;
  const { metric } = comparison;
  const values = `${metricName(metric)} ${figureOf(best, metric)} against ${figureOf(asked, metric)}`;
  const compared = `${subject(best, 'does', 'do')} ${howMuchBetter(found)} ${nameOf(asked)} (${values})`;
  const advice = best.type === 'none' ? 'leave the rows as they are' : `prefer ${pronoun(best)}`;
  const unless = findsLess(found) ? ', unless finding more is worth the false alarms' : '';
  return `${compared}${atWhatCost(best, asked)}: ${advice}${unless}.`;
}

/** Better is what is better by more than chance, on the same folds. */
function howMuchBetter({ comparison: { metric }, asked }: Case): string {
  const { estimate, low } = gainOf(asked.behindBest, metric);
  if (low !== null && low > 0) return 'better than';
  return estimate !== null && estimate > 0 ? 'at least as well as' : 'as well as';
}

/** `, at 40% fewer false positives and 3% fewer minority rows found` */
function atWhatCost(best: StrategyResult, asked: StrategyResult): string {
  const changes = [
    change(best.counts.falsePositives, asked.counts.falsePositives, 'false positives'),
    change(best.counts.truePositives, asked.counts.truePositives, 'minority rows found'),
  ].filter((text) => text !== '');
  return changes.length === 0 ? '' : `, at ${changes.join(' and ')}`;
}

function change(rows: number, from: number, what: string): string {
  if (rows === from) return '';
  if (from === 0) return `${count(rows)} ${what} instead of none`;
  if (Math.abs(rows - from) / from < WORTH_A_WORD) return '';
  if (rows / from >= MANY_TIMES) return `${count(Math.round(rows / from))} times as many ${what}`;
  const percent = Math.round((Math.abs(rows - from) / from) * 100);
  return `${count(percent)}% ${rows < from ? 'fewer' : 'more'} ${what}`;
}

function figureOf(result: StrategyResult, metric: MetricName): string {
  return figure(result.metrics[metric].estimate);
}
