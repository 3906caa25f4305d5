import type { ConfusionCounts } from '../core/evaluation/confusion-counts.ts';
import { falsePositiveRate, matthewsCorrelation, recall } from '../core/evaluation/confusion-scores.ts';
import type { GeneratorName, LearnerSettings } from './contenders.ts';
import { pairedDifference, spread } from './statistics.ts';

/** The bars' own limits to what more true positives may cost; here they are held on the validation rows. */
export const MOST_FALSE_POSITIVES = 0.334;
export const MOST_MCC_LOSS = 0.05;

/** One of a learner's settings on the validation rows of each fold, the cut of the minority undone. */
export interface ValidationRow {
  readonly settings: LearnerSettings;
  readonly undersampled: readonly ConfusionCounts[];
  readonly proposed: Readonly<Record<GeneratorName, readonly ConfusionCounts[]>>;
}

/** What the validation rows chose. Means over the folds. */
export interface Choice {
  readonly settings: LearnerSettings;
  readonly generator: GeneratorName;
  /** of the proposed method so chosen */
  readonly recall: number;
  readonly falsePositiveRate: number;
  /** MCC of the proposed method minus that of under-sampling with the same settings */
  readonly mccDifference: number;
  /** no pair of settings and generator kept to the limits; this one has the fewest false positives */
  readonly outsideLimits: boolean;
}

/**
 * The settings and the generator with the highest recall among those that keep to the limits; of equals the first. Where none
 * does, those with the lowest false-positive rate.
 *
 * @throws Error where a score is not defined: a fold without rows of a class
 */
export function chooseSettings(rows: readonly ValidationRow[]): Choice {
  const choices = rows.flatMap((row) =>
    (Object.entries(row.proposed) as [GeneratorName, readonly ConfusionCounts[]][]).map(([generator, counts]) =>
      describeChoice(row, generator, counts),
    ),
  );
  const within = choices.filter(({ outsideLimits }) => !outsideLimits);
  if (within.length > 0) return within.reduce((best, choice) => (choice.recall > best.recall ? choice : best));
  return choices.reduce((best, choice) => (choice.falsePositiveRate < best.falsePositiveRate ? choice : best));
}

function describeChoice(
  { settings, undersampled }: ValidationRow,
  generator: GeneratorName,
  proposed: readonly ConfusionCounts[],
): Choice {
  const rate = defined(spread(proposed.map(falsePositiveRate)).mean);
  const mccDifference = defined(pairedDifference(proposed.map(mcc), undersampled.map(mcc)).mean);
  return {
    settings,
    generator,
    recall: defined(spread(proposed.map(recall)).mean),
    falsePositiveRate: rate,
    mccDifference,
    outsideLimits: rate > MOST_FALSE_POSITIVES || mccDifference < -MOST_MCC_LOSS,
  };
}

/** Where all rows are called one class, there is no correlation. */
function mcc(counts: ConfusionCounts): number {
  return matthewsCorrelation(counts) ?? 0;
}

function defined(value: number | null): number {
  if (value === null) throw new Error('Settings cannot be chosen on a fold without rows of a class.');
  return value;
}

/**
 * Each minority row stands for `1 / minorityFraction` of them: in the training rows the protocol has cut the minority to that
 * fraction, where a classifier is judged it has not, and the MCC depends on how frequent the minority is.
 */
export function undoCut(counts: ConfusionCounts, minorityFraction: number): ConfusionCounts {
  return {
    ...counts,
    truePositives: counts.truePositives / minorityFraction,
    falseNegatives: counts.falseNegatives / minorityFraction,
  };
}
