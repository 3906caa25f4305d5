import type { Guess, NoSkill } from '../evaluation/no-skill.ts';
import type { Case } from './case.ts';
import { figure, metricName, nameOf } from './phrases.ts';

const GUESSES: Readonly<Record<Guess, string>> = {
  'all-minority': 'calling every row minority',
  'all-majority': 'calling every row majority',
  coin: 'tossing a coin for each row',
  prior: 'giving every row the share of the minority',
};

/** Of recall and specificity a guess has as much as there is. */
export const ALL_THERE_IS = 1;

/** As it stands within a sentence. */
export function guessName({ guess }: NoSkill): string {
  return GUESSES[guess];
}

/** The headline where no strategy is better than a guess. */
export function aboutGuess({ comparison: { metric }, leader }: Case, guess: NoSkill): string {
  const name = metricName(metric);
  if (guess.value === ALL_THERE_IS) {
    return `no strategy can be chosen by ${name}, which is ${figure(guess.value)} for ${guessName(guess)}: compare by another metric.`;
  }
  return (
    `nothing that was compared is clearly better than ${guessName(guess)}: ${name} ${figure(leader.metrics[metric].estimate)} ` +
    `at best, by ${nameOf(leader)}, and ${figure(guess.value)} for that.`
  );
}
