import { InvalidArgumentError } from '../errors.ts';
import { requireShare } from './arguments.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { studentTQuantile } from './student-t.ts';

/**
 * The mean over folds, and the Student t interval around it. Folds share most of their training rows, so their values
 * vary less than those of new data would; the variance of the mean is therefore s^2 (1 / J + n_test / n_train), and not
 * s^2 / J, with J values and J - 1 degrees of freedom (Nadeau & Bengio 2003, Inference for the generalization error;
 * for repeated folds Bouckaert & Frank 2004, Evaluating the replicability of significance tests for comparing learning
 * algorithms).
 *
 * Folds whose value is not defined are left out. No value at all: nothing is defined; a single one: no interval. Not
 * cut off at a metric's range: `possibleIntervals` does that for what is shown.
 *
 * @param values one per fold and repeat, in any order: of a metric, or the difference of two strategies on the same
 * fold
 * @param testShare the share of the rows that a fold holds out, n_test / (n_test + n_train): 1 / 5 with five folds
 * @param level @default 0.95
 * @throws InvalidArgumentError (a value that is not finite; a share or level not between 0 and 1)
 */
export function foldInterval(
  values: readonly (number | null)[],
  testShare: number,
  level: number = DEFAULT_LEVEL,
): Interval {
  requireShare('testShare', testShare);
  requireShare('level', level);
  const defined = values.filter((value) => value !== null);
  const bad = defined.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new InvalidArgumentError(`values: found ${bad}, needed finite numbers, or null`);
  if (defined.length === 0) return { estimate: null, low: null, high: null };
  const estimate = sum(defined) / defined.length;
  if (defined.length === 1) return { estimate, low: null, high: null };
  const variance = sum(defined.map((value) => (value - estimate) ** 2)) / (defined.length - 1);
  const error = Math.sqrt(variance * (1 / defined.length + testShare / (1 - testShare)));
  const margin = studentTQuantile(level, defined.length - 1) * error;
  return { estimate, low: estimate - margin, high: estimate + margin };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
