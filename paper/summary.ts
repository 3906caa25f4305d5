import type { Scores } from '../contracts/workflow.ts';
import { GENERATOR_NAMES, type GeneratorName, type LearnerName, MIXED_GENERATOR_NAMES } from './contenders.ts';
import { SOURCE_TEST_MINORITY, TENTHS } from './protocol.ts';
import { type PairedDifference, pairedDifference, type Spread, spread } from './statistics.ts';
import type { LearnerResult, SeedResult } from './study.ts';

/** What every row of the tables shows. */
export const METRICS = {
  truePositives: ({ truePositives }) => truePositives,
  /** TP, as if each seed had the source's number of test minority rows */
  scaledTruePositives: ({ recall }) => (recall === null ? null : recall * SOURCE_TEST_MINORITY),
  falsePositives: ({ falsePositives }) => falsePositives,
  falsePositiveRate: ({ falsePositiveRate }) => falsePositiveRate,
  recall: ({ recall }) => recall,
  precision: ({ precision }) => precision,
  f1: ({ f1 }) => f1,
  mcc: ({ mcc }) => mcc,
  prAuc: ({ prAuc }) => prAuc,
  recallAtUndersampledFpr: ({ recallAtUndersampledFpr }) => recallAtUndersampledFpr,
} as const satisfies Readonly<Record<string, (scores: Scores) => number | null>>;

export type Metric = keyof typeof METRICS;
const METRIC_NAMES = Object.keys(METRICS) as Metric[];

/** A metric over the seeds, and beside under-sampling alone, seed by seed. */
export interface MetricSummary extends Spread {
  readonly difference: PairedDifference;
}

/** A row of a table. */
export interface SummaryRow {
  readonly method: string;
  /** rows added to the observed ones, mean over the seeds; null where rows are not what is changed */
  readonly rowsAdded: number | null;
  readonly metrics: Readonly<Record<Metric, MetricSummary>>;
  readonly bySeed: readonly Scores[];
}

/** Experiment 1 for one learner and one generator: a row per number of tenths. */
export interface MixingCurve {
  readonly generator: GeneratorName | 'oracle';
  readonly points: readonly (SummaryRow & { readonly tenths: number })[];
}

export interface LearnerSummary {
  readonly learner: LearnerName;
  readonly choices: readonly (LearnerResult['validation']['choice'] & { readonly seed: number })[];
  readonly mixing: readonly MixingCurve[];
  readonly comparison: readonly SummaryRow[];
}

/** The methods of experiment 2 by the name that tables, plots and bars know them by. */
export const METHODS = {
  undersampling: 'under-sampling',
  proposed: 'proposed',
  oracle: 'oracle',
  fullOracle: 'oracle, all rows',
  classWeights: 'class weights',
  thresholdMoved: 'threshold moved',
  observed: 'as observed',
} as const;

function proposedWith(generator: GeneratorName): string {
  return `${METHODS.proposed}: ${generator}`;
}

/** The seeds put together, learner by learner. */
export function summarize(results: readonly SeedResult[]): LearnerSummary[] {
  const learners = Object.keys(results[0]?.learners ?? {}) as LearnerName[];
  return learners.map((learner) => {
    const bySeed = results.map(({ learners }) => learners[learner] as LearnerResult);
    return {
      learner,
      choices: bySeed.map(({ validation }, i) => ({ seed: results[i].seed, ...validation.choice })),
      mixing: summarizeMixing(bySeed),
      comparison: summarizeComparison(bySeed),
    };
  });
}

function summarizeMixing(bySeed: readonly LearnerResult[]): MixingCurve[] {
  return [...MIXED_GENERATOR_NAMES, 'oracle' as const].map((generator) => {
    const points = TENTHS.map((tenths) =>
      bySeed.map(({ mixing }) => {
        const found = mixing.find((point) => point.generator === generator && point.tenths === tenths);
        if (!found) throw new Error(`There is no point of ${tenths} tenths for the generator ${generator}.`);
        return found;
      }),
    );
    const alone = points[0].map(({ scores }) => scores);
    return {
      generator,
      points: points.map((point, i) => ({
        tenths: TENTHS[i],
        ...summaryRow(
          `${TENTHS[i]} tenths`,
          point.map(({ rowsAdded }) => rowsAdded),
          point.map(({ scores }) => scores),
          alone,
        ),
      })),
    };
  });
}

function summarizeComparison(bySeed: readonly LearnerResult[]): SummaryRow[] {
  const alone = bySeed.map(({ resampled }) => resampled.undersampled);
  const none = bySeed.map(() => null);
  const plain = (method: string, scoresOf: (result: LearnerResult) => Scores) =>
    summaryRow(method, none, bySeed.map(scoresOf), alone);
  const adding = (method: string, of: (result: LearnerResult) => LearnerResult['resampled']['oracle']) =>
    summaryRow(
      method,
      bySeed.map((result) => of(result).newFeatureRows),
      bySeed.map((result) => of(result).scores),
      alone,
    );
  return [
    plain(METHODS.undersampling, ({ resampled }) => resampled.undersampled),
    adding(METHODS.proposed, ({ resampled, validation }) => resampled.proposed[validation.choice.generator]),
    ...GENERATOR_NAMES.map((name) => adding(proposedWith(name), ({ resampled }) => resampled.proposed[name])),
    adding(METHODS.oracle, ({ resampled }) => resampled.oracle),
    adding(METHODS.fullOracle, ({ resampled }) => resampled.fullOracle),
    plain(METHODS.classWeights, ({ reweighted }) => reweighted.classWeights),
    plain(METHODS.thresholdMoved, ({ reweighted }) => reweighted.thresholdMoved),
    plain(METHODS.observed, ({ reweighted }) => reweighted.observed),
  ];
}

/** @param rowsAdded, bySeed, alone one per seed, in the same order */
function summaryRow(
  method: string,
  rowsAdded: readonly (number | null)[],
  bySeed: readonly Scores[],
  alone: readonly Scores[],
): SummaryRow {
  const metrics = METRIC_NAMES.map((name): [Metric, MetricSummary] => {
    const values = bySeed.map(METRICS[name]);
    return [name, { ...spread(values), difference: pairedDifference(values, alone.map(METRICS[name])) }];
  });
  return {
    method,
    rowsAdded: spread(rowsAdded).mean,
    metrics: Object.fromEntries(metrics) as SummaryRow['metrics'],
    bySeed,
  };
}
