import { MOST_FALSE_POSITIVES, MOST_MCC_LOSS } from './choose-settings.ts';
import { SOURCE_LEARNERS } from './contenders.ts';
import { number, signed } from './format.ts';
import { pairedDifference } from './statistics.ts';
import {
  type LearnerSummary,
  METHODS,
  METRICS,
  type MetricSummary,
  type MixingCurve,
  type SummaryRow,
} from './summary.ts';

/** The source's true positives of its tree. */
const SOURCE_TREE_TRUE_POSITIVES = 1345.4;
/** The share of the oracle's gain that a generator is to keep. */
const ORACLE_SHARE = 0.5;

/** A claim that the figures are held to. */
export interface Bar {
  readonly claim: string;
  /** null where the figures do not say: a learner that was not run, a spread of one seed */
  readonly met: boolean | null;
  /** what was found, what was needed, and by how much it is met or missed */
  readonly found: string;
}

/** The bars, on means over the seeds. The proposed method is the one whose settings and generator the validation rows chose. */
export function evaluateBars(learners: readonly LearnerSummary[]): Bar[] {
  const source = SOURCE_LEARNERS.map((name) => ({ name, summary: learners.find(({ learner }) => learner === name) }));
  const each = (claim: string, judge: (summary: LearnerSummary) => Omit<Bar, 'claim'>): Bar[] =>
    source.map(({ name, summary }) => ({
      claim: `${name}: ${claim}`,
      ...(summary ? judge(summary) : { met: null, found: 'not run' }),
    }));
  const tree = source[0];
  return [
    ...each('more true positives than under-sampling, by more than the standard error', judgeGain),
    ...(tree.summary
      ? judgeTree(tree.summary)
      : [{ claim: `${tree.name}: the source's figure`, met: null, found: 'not run' }]),
    ...each('the generator keeps half of the gain of the oracle', judgeOracleShare),
    ...source.flatMap(({ name, summary }) => judgeCurves(name, summary)),
  ];
}

function judgeGain({ comparison }: LearnerSummary): Omit<Bar, 'claim'> {
  const { mean, standardError } = metric(comparison, METHODS.proposed, 'scaledTruePositives').difference;
  if (mean === null || standardError === null) return { met: null, found: 'no spread over the seeds' };
  return { met: mean > standardError, found: `${signed(mean, 1)}, standard error ${standardError.toFixed(1)}` };
}

function judgeTree({ comparison, learner }: LearnerSummary): Bar[] {
  const found = metric(comparison, METHODS.proposed, 'scaledTruePositives').mean;
  const rate = metric(comparison, METHODS.proposed, 'falsePositiveRate').mean;
  const mcc = metric(comparison, METHODS.proposed, 'mcc').difference.mean;
  return [
    {
      claim: `${learner}: at least ${SOURCE_TREE_TRUE_POSITIVES} true positives of 1,488`,
      ...compare(found, SOURCE_TREE_TRUE_POSITIVES, 1, 1),
    },
    {
      claim: `${learner}: at a false-positive rate of at most ${MOST_FALSE_POSITIVES}`,
      ...compare(rate, MOST_FALSE_POSITIVES, -1, 3),
    },
    {
      claim: `${learner}: MCC at most ${MOST_MCC_LOSS} below that of under-sampling`,
      ...compare(mcc, -MOST_MCC_LOSS, 1, 3),
    },
  ];
}

/** Beside the oracle that gains more, of the one with as many rows as there are minority rows and the one with all. */
function judgeOracleShare({ comparison }: LearnerSummary): Omit<Bar, 'claim'> {
  const gainOf = (method: string) => metric(comparison, method, 'scaledTruePositives').difference.mean;
  const gain = gainOf(METHODS.proposed);
  const oracles = [METHODS.oracle, METHODS.fullOracle].map(gainOf).filter((oracle) => oracle !== null);
  const oracle = Math.max(...oracles);
  if (gain === null || oracles.length === 0) return { met: null, found: 'not defined' };
  const found = `${signed(gain, 1)} beside the oracle's ${signed(oracle, 1)}`;
  if (oracle <= 0) return { met: null, found: `${found}, which is no gain to keep half of` };
  return { met: gain >= ORACLE_SHARE * oracle, found: `${found}, ${((100 * gain) / oracle).toFixed(0)}% of it` };
}

function judgeCurves(name: string, summary: LearnerSummary | undefined): Bar[] {
  const claim = (generator: string) => `${name}: the curve of experiment 1 falls in the end, ${generator}`;
  if (!summary) return [{ claim: claim('every generator'), met: null, found: 'not run' }];
  return summary.mixing
    .filter(({ generator }) => generator !== 'oracle')
    .map(({ generator, points }) => ({ claim: claim(generator), ...judgeFall(points) }));
}

/** Whether the last point lies below the highest of the curve, by more than the standard error of their difference. */
function judgeFall(points: MixingCurve['points']): Omit<Bar, 'claim'> {
  const height = (point: SummaryRow) => point.metrics.scaledTruePositives.mean ?? Number.NEGATIVE_INFINITY;
  const peak = points.reduce((highest, point) => (height(point) > height(highest) ? point : highest));
  const last = points[points.length - 1];
  const heights = ({ bySeed }: SummaryRow) => bySeed.map(METRICS.scaledTruePositives);
  const { mean, standardError } = pairedDifference(heights(peak), heights(last));
  if (mean === null || standardError === null) return { met: null, found: 'no spread over the seeds' };
  const places = `${height(peak).toFixed(1)} at ${peak.tenths} tenths, ${height(last).toFixed(1)} at ${last.tenths}`;
  return {
    met: mean > standardError,
    found: `${places}: ${signed(-mean, 1)}, standard error ${standardError.toFixed(1)}`,
  };
}

function metric(rows: readonly SummaryRow[], method: string, name: keyof SummaryRow['metrics']): MetricSummary {
  const row = rows.find((candidate) => candidate.method === method);
  if (!row) throw new Error(`There is no row of the method ${method}.`);
  return row.metrics[name];
}

/** @param direction 1 where at least `needed` is asked for, -1 where at most */
function compare(found: number | null, needed: number, direction: 1 | -1, digits: number): Omit<Bar, 'claim'> {
  if (found === null) return { met: null, found: 'not defined' };
  const margin = direction * (found - needed);
  const by = `${margin >= 0 ? 'met' : 'missed'} by ${Math.abs(margin).toFixed(digits)}`;
  return { met: margin >= 0, found: `${number(found, digits)}, ${by}` };
}
