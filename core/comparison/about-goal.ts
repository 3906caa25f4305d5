import { guessName } from './about-guess.ts';
import { type Case, hasLearned } from './case.ts';
import type { StrategyResult } from './comparison.ts';
import { type Goal, reaches } from './goal.ts';
import { figure, metricName, nameOf, pronoun, subject } from './phrases.ts';

/** The headline where what is to be reached decides: not where nothing is, or where doing nothing reaches it. */
export function aboutGoal({ comparison, best, none }: Case): string | null {
  const { goal } = comparison;
  if (goal === null || reaches(none, goal)) return null;
  if (!reaches(best, goal)) return outOfReach(comparison.strategies, goal, comparison);
  return (
    `${subject(best, 'reaches', 'reach')} ${nameOfGoal(goal)} (${values(best, goal)}), and doing nothing does not ` +
    `(${values(none, goal)}): prefer ${pronoun(best)}.`
  );
}

/** `a recall of at least 0.900` */
export function nameOfGoal({ metric, atLeast }: Goal): string {
  return `a ${metric} of at least ${figure(atLeast)}`;
}

/** `recall 0.912, precision 0.310` */
function values({ metrics }: StrategyResult, { metric }: Goal): string {
  const other = metric === 'recall' ? 'precision' : 'recall';
  return `${metric} ${figure(metrics[metric].estimate)}, ${other} ${figure(metrics[other].estimate)}`;
}

function outOfReach(strategies: readonly StrategyResult[], goal: Goal, comparison: Case['comparison']): string {
  const value = ({ metrics }: StrategyResult) => metrics[goal.metric].estimate ?? 0;
  const reaching = strategies.filter((result) => reaches(result, goal));
  const learned = strategies.filter((result) => hasLearned(comparison, result));
  const [closest] = [...learned].sort((a, b) => value(b) - value(a));
  const close = closest === undefined ? '' : `; the closest is ${nameOf(closest)} (${values(closest, goal)})`;
  if (reaching.length === 0 || comparison.noSkill === null) {
    return `nothing that was compared reaches ${nameOfGoal(goal)} on the held-out rows${close}.`;
  }
  const [first] = reaching;
  const { metric, noSkill } = comparison;
  return (
    `what reaches ${nameOfGoal(goal)}, ${nameOf(first)}, is no better than ${guessName(noSkill)} ` +
    `(${metricName(metric)} ${figure(first.metrics[metric].estimate)})${close.replace('closest', 'closest of the others')}.`
  );
}
