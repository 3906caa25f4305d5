import type { ConfusionCounts } from './confusion-counts.ts';

/** TP / (TP + FN), also sensitivity or true-positive rate: of the minority rows, how many are found. Null without any. */
export function recall({ truePositives, falseNegatives }: ConfusionCounts): number | null {
  return ratio(truePositives, truePositives + falseNegatives);
}

/** TP / (TP + FP): of the rows taken for minority, how many are. Null where no row is taken for minority. */
export function precision({ truePositives, falsePositives }: ConfusionCounts): number | null {
  return ratio(truePositives, truePositives + falsePositives);
}

/** FP / (FP + TN), which is 1 - specificity: of the majority rows, how many are taken for minority. Null without any. */
export function falsePositiveRate({ falsePositives, trueNegatives }: ConfusionCounts): number | null {
  return ratio(falsePositives, falsePositives + trueNegatives);
}

/**
 * 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall (van Rijsbergen 1979, Information Retrieval, ch. 7).
 * 0 where no minority row is found; null where there is none to find and none is taken for one.
 */
export function f1({ truePositives, falsePositives, falseNegatives }: ConfusionCounts): number | null {
  return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

/**
 * Matthews correlation coefficient, from -1 to 1 (Matthews 1975, Biochimica et Biophysica Acta 405):
 * (TP TN - FP FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN)). Null where labels or predictions are all of one class, so
 * that there is nothing to correlate; scikit-learn says 0 there.
 */
export function matthewsCorrelation(counts: ConfusionCounts): number | null {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const calledMinority = truePositives + falsePositives;
  const calledMajority = trueNegatives + falseNegatives;
  const minority = truePositives + falseNegatives;
  const majority = trueNegatives + falsePositives;
  return ratio(
    truePositives * trueNegatives - falsePositives * falseNegatives,
    Math.sqrt(calledMinority * minority) * Math.sqrt(calledMajority * majority),
  );
}

/**
 * (1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP): the F-measure in which recall counts b times as much as precision (van
 * Rijsbergen 1979, Information Retrieval, ch. 7). Null and 0 where F1 is.
 *
 * @param beta positive and finite; 1 gives F1
 */
export function fBeta({ truePositives, falsePositives, falseNegatives }: ConfusionCounts, beta: number): number | null {
  const square = beta * beta;
  const found = (1 + square) * truePositives;
  return ratio(found, found + square * falseNegatives + falsePositives);
}

/** TN / (TN + FP), also true-negative rate: of the majority rows, how many are taken for majority. Null without any. */
export function specificity({ trueNegatives, falsePositives }: ConfusionCounts): number | null {
  return ratio(trueNegatives, trueNegatives + falsePositives);
}

/**
 * The mean of recall and specificity (Brodersen et al. 2010, The balanced accuracy and its posterior distribution). 0.5
 * is chance. Null where labels are all of one class; scikit-learn gives the rate of the class that there is.
 */
export function balancedAccuracy(counts: ConfusionCounts): number | null {
  const [found, spared] = [recall(counts), specificity(counts)];
  return found === null || spared === null ? null : (found + spared) / 2;
}

/**
 * The geometric mean of recall and specificity (Kubat & Matwin 1997, Addressing the curse of imbalanced training sets):
 * 0 as soon as either class is never found. Null where labels are all of one class.
 */
export function geometricMean(counts: ConfusionCounts): number | null {
  const [found, spared] = [recall(counts), specificity(counts)];
  return found === null || spared === null ? null : Math.sqrt(found * spared);
}

/**
 * Cohen's kappa, from -1 to 1: how much more often labels and predictions agree than by chance (Cohen 1960, A
 * coefficient of agreement for nominal scales), for two classes 2 (TP TN - FN FP) / ((TP + FP)(FP + TN) + (TP + FN)(FN
 * + TN)). 0 where either is all of one class, null where both are of the same one: chance alone agrees then.
 */
export function cohensKappa(counts: ConfusionCounts): number | null {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  return ratio(
    2 * (truePositives * trueNegatives - falseNegatives * falsePositives),
    (truePositives + falsePositives) * (falsePositives + trueNegatives) +
      (truePositives + falseNegatives) * (falseNegatives + trueNegatives),
  );
}

/** (TP + TN) / rows. Null without rows. Calling every row majority scores the majority's share, whatever is missed. */
export function accuracy({
  truePositives,
  falsePositives,
  trueNegatives,
  falseNegatives,
}: ConfusionCounts): number | null {
  return ratio(truePositives + trueNegatives, truePositives + falsePositives + trueNegatives + falseNegatives);
}

/** What a row is worth by what it is and what it is taken for, in any one unit; costs are negative. Finite. */
export interface BenefitTable {
  readonly truePositive: number;
  readonly trueNegative: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/**
 * The mean worth of a row: each outcome's share of the rows times its benefit (Provost & Fawcett 2013, Data Science for
 * Business, ch. 7; Elkan 2001, The foundations of cost-sensitive learning). Null without rows.
 */
export function expectedValue(counts: ConfusionCounts, benefit: BenefitTable): number | null {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  return ratio(
    truePositives * benefit.truePositive +
      trueNegatives * benefit.trueNegative +
      falsePositives * benefit.falsePositive +
      falseNegatives * benefit.falseNegative,
    truePositives + falsePositives + trueNegatives + falseNegatives,
  );
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
