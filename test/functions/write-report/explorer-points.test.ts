import { describe, expect, it } from 'vitest';
import { closestPoint, explorerPoints } from '../../../functions/write-report/html/explorer-points.ts';
import { fakeReport } from './fake-report.ts';

const { test, thresholds } = fakeReport();
const report = fakeReport({
  test: { ...test, rows: { majority: 90, minority: 10 } },
  thresholds: {
    ...thresholds,
    chosen: 0.5,
    byRule: [],
    points: [
      { threshold: 0.9, probability: 0.8, truePositives: 0, falsePositives: 0 },
      { threshold: 0.5, probability: 0.4, truePositives: 8, falsePositives: 12 },
    ],
    benefit: { truePositive: 10, trueNegative: 0, falsePositive: -2, falseNegative: -5 },
  },
});

describe('explorerPoints', () => {
  it('go from the lowest threshold up, with all that follows from their counts', () => {
    const [low, high] = explorerPoints(report);
    expect(low).toEqual({
      threshold: 0.5,
      probability: 0.4,
      truePositives: 8,
      falsePositives: 12,
      trueNegatives: 90 - 12,
      falseNegatives: 10 - 8,
      precision: 8 / 20,
      recall: 8 / 10,
      f1: 16 / (16 + 12 + 2),
      mcc: (8 * 78 - 12 * 2) / (Math.sqrt(20 * 10) * Math.sqrt(80 * 90)),
      expectedValue: (8 * 10 - 12 * 2 - 2 * 5) / 100,
    });
    expect([high.precision, high.recall, high.mcc, high.expectedValue]).toEqual([null, 0, null, (-5 * 10) / 100]);
  });

  it('have no value where no benefits are named', () => {
    const without = { ...report, thresholds: { ...report.thresholds, benefit: null } };
    expect(explorerPoints(without).map(({ expectedValue }) => expectedValue)).toEqual([null, null]);
  });
});

describe('closestPoint', () => {
  it('finds the point of a threshold, or the one beside it', () => {
    const points = explorerPoints(report);
    expect([0.5, 0.9, 0.6, 0.75, -3, 7].map((threshold) => closestPoint(points, threshold))).toEqual([
      0, 1, 0, 1, 0, 1,
    ]);
  });
});
