import { count, countOf } from '../counting.ts';
import { nameOfGoal } from './about-goal.ts';
import { ALL_THERE_IS } from './about-guess.ts';
import { anyHasLearned, type Case, findsLess, hasFewMinorityRows } from './case.ts';
import type { StrategyResult } from './comparison.ts';
import { reaches } from './goal.ts';
import { figure, gainOf, metricName, nameOf, range, sentence, subject } from './phrases.ts';

/** Gains in recall below this are not worth a word. */
const LEAST_GAIN = 0.005;
/** Shares of a gain in recall that are still there once the operating point is held still. */
const HARDLY_ANY = 0.1;
const HALF = 0.5;

/** What a verdict rests on, most important first. */
export function explain(found: Case): string[] {
  const { best, asked, none } = found;
  const shown = asked.id === best.id ? [best] : [asked, best];
  const others = shown.filter(({ id }) => id !== none.id);
  // The headline of what is the best, or is compared with doing nothing, says its gain.
  const isTold = asked.id === best.id || asked.id === none.id;
  const learned = anyHasLearned(found.comparison);
  return [
    ...fewRows(found),
    ...(learned ? [] : nothingLearned(found)),
    ...goalReached(found),
    ...(isTold && !hasFewMinorityRows(found) ? [] : others.flatMap((result) => gainOverNone(found, result))),
    ...beside(found),
    ...others.flatMap((result) => priceOfRecall(none, result)),
    ...(learned ? [...breakEven(found), ...others.slice(0, 1).flatMap((result) => operatingPoint(none, result))] : []),
    ...(learned ? whyNotTheLeader(found) : []),
    ...withoutEffect(found),
    ...sample(found),
  ].map(sentence);
}

function fewRows(found: Case): string[] {
  const { minority } = found.comparison.protocol.rows;
  if (!hasFewMinorityRows(found)) return [];
  return [
    `the comparison rests on ${countOf(minority, 'minority row')}: a recall of one half is then known to no better than ` +
      `${Math.round(196 * Math.sqrt(0.25 / minority))} points either way. Collect more, if you can.`,
  ];
}

function nothingLearned({ comparison }: Case): string[] {
  if (comparison.noSkill?.value === ALL_THERE_IS) {
    return [
      'MCC, F-beta and expected value count both kinds of errors; a recall or a precision that is to be reached is asked for by ' +
        'evaluation.threshold.',
    ];
  }
  return [
    'where the columns do not tell the classes apart, no way to rebalance does: look for other columns, or for more rows of the minority.',
  ];
}

/** Where doing nothing reaches what is asked for, the headline is not about it. */
function goalReached({ comparison: { goal }, none, best }: Case): string[] {
  if (goal === null || !reaches(none, goal)) return [];
  const value = figure(best.metrics[goal.metric].estimate);
  return [`${nameOfGoal(goal)} is asked for, and ${subject(best, 'has', 'have')} ${value}.`];
}

/** What is to be preferred beside what was asked for, where neither is doing nothing. */
function beside({ comparison: { metric }, best, asked, none }: Case): string[] {
  if (asked.id === best.id || [asked.id, best.id].includes(none.id)) return [];
  const { estimate, low, high } = gainOf(asked.behindBest, metric);
  if (estimate === null || low === null || high === null) return [];
  const zero = low <= 0 && high >= 0 ? ', which includes zero: it may be chance' : '';
  return [
    `beside ${nameOf(asked)}, ${subject(best, 'is', 'are')} ${estimate < 0 ? 'worse' : 'better'} by ${figure(Math.abs(estimate))}, ` +
      `95% interval ${range({ low, high })}${zero}.`,
  ];
}

function gainOverNone({ comparison: { metric }, none }: Case, result: StrategyResult): string[] {
  const { estimate, low, high } = gainOf(result.differences[metric], metric);
  if (estimate === null) return [];
  const values = `${metricName(metric)} ${figure(result.metrics[metric].estimate)} against ${figure(none.metrics[metric].estimate)}`;
  const compared = `${subject(result, 'compares', 'compare')} with doing nothing as ${values}`;
  if (low === null || high === null) return [`${compared}; with so few folds there is no interval.`];
  const interval = `${estimate < 0 ? 'worse' : 'better'} by ${figure(Math.abs(estimate))}, 95% interval of the gain ${range({ low, high })}`;
  const zero = low <= 0 && high >= 0 ? ', which includes zero: it may be chance' : '';
  return [`${compared}: ${interval}${zero}.`];
}

function priceOfRecall(none: StrategyResult, result: StrategyResult): string[] {
  const found = result.counts.truePositives - none.counts.truePositives;
  const alarms = result.counts.falsePositives - none.counts.falsePositives;
  const of = count(result.counts.truePositives + result.counts.falseNegatives);
  const finds = `${subject(result, 'finds', 'find')} ${count(result.counts.truePositives)} of ${of} minority rows, doing nothing ${count(none.counts.truePositives)}`;
  if (found > 0 && alarms > 0) {
    const each = alarms / found;
    return [
      `${finds}: ${count(found)} more, for ${countOf(alarms, 'more false positive', 'more false positives')}, ` +
        `${each < 0.1 ? 'less than 0.1' : each.toFixed(1)} for each.`,
    ];
  }
  if (found < 0 && alarms < 0) {
    return [
      `${finds}: ${count(-found)} fewer, and ${countOf(-alarms, 'fewer false positive', 'fewer false positives')}.`,
    ];
  }
  const raises = `${alarms === 0 ? 'as many' : `${count(Math.abs(alarms))} ${alarms < 0 ? 'fewer' : 'more'}`} false positives`;
  return [`${finds}, with ${raises}.`];
}

/** From which proportion of costs on what finds more is the cheaper of the two (Elkan 2001). */
function breakEven(found: Case): string[] {
  const { best, asked } = found;
  if (!findsLess(found)) return [];
  const missed = best.counts.falseNegatives - asked.counts.falseNegatives;
  const alarms = asked.counts.falsePositives - best.counts.falsePositives;
  if (alarms <= 0) return [];
  return [
    `where a missed minority row costs more than ${(alarms / missed).toFixed(1)} false positives, ${subject(asked, 'is', 'are')} cheaper than ` +
      `${nameOf(best)}: name the costs, and a comparison by expected value decides by them.`,
  ];
}

/** Whether recall is gained by a better order of the rows, or by calling more of them minority. */
function operatingPoint(none: StrategyResult, result: StrategyResult): string[] {
  const [held, heldNone] = [result.recallAtMatchedFpr.estimate, none.recallAtMatchedFpr.estimate];
  const [recall, recallNone] = [result.metrics.recall.estimate, none.metrics.recall.estimate];
  if (held === null || heldNone === null || recall === null || recallNone === null) return [];
  const gain = recall - recallNone;
  if (gain < LEAST_GAIN || result.type === 'threshold') return [];
  const share = (held - heldNone) / gain;
  const conclusion =
    share <= HARDLY_ANY
      ? 'the gain in recall is a moved operating point, which a threshold gives as well'
      : share < HALF
        ? 'most of the gain in recall is a moved operating point, which a threshold gives as well'
        : 'the gain in recall is more than a moved operating point';
  return [
    `with the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of ` +
      `${figure(heldNone)} and ${subject(result, 'has', 'have')} ${figure(held)}: ${conclusion}.`,
  ];
}

function whyNotTheLeader({ comparison: { metric, goal }, best, none, leader }: Case): string[] {
  if (leader.id === best.id || (goal && reaches(best, goal) && !reaches(leader, goal))) return [];
  const has = `${subject(leader, 'has', 'have')} the best ${metricName(metric)}, ${figure(leader.metrics[metric].estimate)}, but`;
  const { low } = gainOf(leader.differences[metric], metric);
  if (leader.id !== none.id && (low === null || low <= 0)) {
    return [`${has} what it gains on doing nothing may be chance.`];
  }
  return [`${has} ${subject(best, 'is', 'are')} within one standard error of it, and simpler.`];
}

/** A learner of the majority alone sees neither weights nor minority rows that are drawn again. */
function withoutEffect({ comparison: { strategies }, none }: Case): string[] {
  const outcome = ({ counts, metrics }: StrategyResult) => JSON.stringify([counts, metrics]);
  const same = strategies.filter((result) => result.id !== none.id && outcome(result) === outcome(none));
  if (same.length === 0) return [];
  const names = same.map(nameOf);
  const listed = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [`with this learner, on these rows, the outcome of ${listed} is exactly that of doing nothing.`];
}

function sample({ comparison: { protocol } }: Case): string[] {
  const [rows, all] = [protocol.rows, protocol.ofRows].map(({ majority, minority }) => majority + minority);
  return rows < all ? [`compared on a sample of ${count(rows)} of ${count(all)} training rows.`] : [];
}
