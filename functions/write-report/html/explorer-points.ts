import type { Report } from '../../../contracts/report.ts';
import {
  expectedValue,
  f1,
  matthewsCorrelation,
  precision,
  recall,
} from '../../../core/evaluation/confusion-scores.ts';

/** What the published model does on the test rows at one threshold. */
export interface ExplorerPoint {
  readonly threshold: number;
  readonly probability: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly mcc: number | null;
  /** of a row, on average; null where the request names no benefits */
  readonly expectedValue: number | null;
}

/** The report's operating points from the lowest threshold up, with what follows from their counts. */
export function explorerPoints({ thresholds, test }: Report): ExplorerPoint[] {
  const { majority, minority } = test.rows;
  return thresholds.points
    .toSorted((a, b) => a.threshold - b.threshold)
    .map((point) => {
      const counts = {
        truePositives: point.truePositives,
        falsePositives: point.falsePositives,
        trueNegatives: majority - point.falsePositives,
        falseNegatives: minority - point.truePositives,
      };
      return {
        ...point,
        ...counts,
        precision: precision(counts),
        recall: recall(counts),
        f1: f1(counts),
        mcc: matthewsCorrelation(counts),
        expectedValue: thresholds.benefit && expectedValue(counts, thresholds.benefit),
      };
    });
}

/** Index of the point with the threshold, or of the one closest to it. */
export function closestPoint(points: readonly ExplorerPoint[], threshold: number): number {
  return points.reduce(
    (best, point, i) =>
      Math.abs(point.threshold - threshold) < Math.abs(points[best].threshold - threshold) ? i : best,
    0,
  );
}
