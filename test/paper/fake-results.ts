import type { Scores } from '../../contracts/workflow.ts';
import {
  f1,
  falsePositiveRate,
  matthewsCorrelation,
  precision,
  recall,
} from '../../core/evaluation/confusion-scores.ts';
import { GENERATOR_NAMES, type LearnerName } from '../../paper/contenders.ts';
import { TENTHS } from '../../paper/protocol.ts';
import type { LearnerResult, SeedResult } from '../../paper/study.ts';

const MINORITY = 100;
const MAJORITY = 300;

/** Scores of a classifier on 100 minority and 300 majority rows. */
export function fakeScores(truePositives: number, falsePositives: number): Scores {
  const counts = {
    truePositives,
    falsePositives,
    trueNegatives: MAJORITY - falsePositives,
    falseNegatives: MINORITY - truePositives,
  };
  return {
    ...counts,
    recall: recall(counts),
    precision: precision(counts),
    f1: f1(counts),
    mcc: matthewsCorrelation(counts),
    falsePositiveRate: falsePositiveRate(counts),
    prAuc: 0.5,
    recallAtUndersampledFpr: recall(counts),
  };
}

/** True positives of what the bars look at; the false positives of all of them are `falsePositives`. */
export interface FakeFigures {
  readonly undersampled: number;
  readonly proposed: number;
  readonly oracle: number;
  /** by tenths, in their order */
  readonly mixing: (tenths: number) => number;
  readonly falsePositives: number;
}

export const FIGURES: FakeFigures = {
  undersampled: 80,
  proposed: 92,
  oracle: 94,
  mixing: (tenths) => 85 + tenths - 0.1 * tenths ** 2,
  falsePositives: 90,
};

function fakeLearner(learner: LearnerName, figures: FakeFigures, seed: number): LearnerResult {
  const scores = (truePositives: number) => fakeScores(truePositives + (seed % 3), figures.falsePositives + seed);
  const resampled = (truePositives: number) => ({
    generated: 25,
    newFeatureRows: 5,
    scores: scores(truePositives),
  });
  const each = <T>(value: T) => GENERATOR_NAMES.map((name) => [name, value]);
  return {
    validation: {
      rows: [],
      choice: {
        settings: learner === 'decision-tree' ? { type: learner, maxDepth: 4 + (seed % 2) } : { type: learner },
        generator: GENERATOR_NAMES[0],
        recall: 0.9,
        falsePositiveRate: 0.3,
        mccDifference: -0.01,
        outsideLimits: false,
      },
    },
    mixing: [...GENERATOR_NAMES, 'oracle' as const].flatMap((generator) =>
      TENTHS.map((tenths) => ({
        generator,
        tenths,
        rowsAdded: (25 * tenths) / 10,
        scores: scores(figures.mixing(tenths)),
      })),
    ),
    resampled: {
      // Of the two seeds each one gains another number of rows, so that gains have an error.
      undersampled: fakeScores(figures.undersampled, figures.falsePositives),
      proposed: Object.fromEntries(each(resampled(figures.proposed))) as LearnerResult['resampled']['proposed'],
      oracle: resampled(figures.oracle),
      fullOracle: resampled(figures.oracle),
    },
    reweighted: {
      observed: scores(30),
      classWeights: scores(81),
      thresholdMoved: scores(90),
      threshold: 0.25,
    },
  };
}

/** Results of two seeds, 0 and 1. */
export function fakeResults(
  learners: readonly LearnerName[] = ['decision-tree', 'svm', 'neural-network'],
  figures = FIGURES,
): SeedResult[] {
  return [0, 1].map((seed) => ({
    seed,
    sha256: 'a'.repeat(64),
    encodedAttributes: 96,
    counts: {
      read: { majority: 1000, minority: 500 },
      usable: { majority: 900, minority: 450 },
      train: { majority: 600, minority: 25 },
      test: { majority: MAJORITY, minority: MINORITY },
    },
    generators: Object.fromEntries(
      GENERATOR_NAMES.map((name) => [
        name,
        {
          reconstructionLoss: 2 + seed,
          duplicateShare: 0.01,
          realDuplicateShare: 0.02,
          distance: { fifthPercentile: 0.5, median: 1.5 },
          realDistance: { fifthPercentile: 0.25, median: 1.25 },
          discriminability: 0.75,
        },
      ]),
    ) as SeedResult['generators'],
    learners: Object.fromEntries(learners.map((name) => [name, fakeLearner(name, figures, seed)])),
  }));
}
