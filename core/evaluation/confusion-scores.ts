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

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
