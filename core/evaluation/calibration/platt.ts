import type { Labels } from '../../learners/learner.ts';
import { logLoss, sigmoid } from '../../learners/logistic-function.ts';
import { logarithm } from '../../numeric/exp-log.ts';
import { requireFiniteScores } from '../arguments.ts';
import { refuseSaved, requireScoredRows } from './arguments.ts';
import type { Calibrator } from './calibrator.ts';

export const PLATT = 'platt';

/**
 * Platt's scaling: the probability is 1 / (1 + e^-(slope score + intercept)), with the slope and intercept of the least
 * log loss against softened labels, (N1 + 1) / (N1 + 2) for the N1 minority rows and 1 / (N0 + 2) for the N0 majority
 * rows (Platt 1999, Probabilistic outputs for support vector machines), found by Newton's method with backtracking
 * (Lin, Lin & Weng 2007, A note on Platt's probabilistic outputs for support vector machines). As scikit-learn's
 * `method="sigmoid"`.
 *
 * The slope is negative where the minority scores lower: Platt's scaling takes scores as it finds them. Constant
 * scores, and rows of one class, give one probability for all: the mean of the softened labels.
 *
 * @param labels, scores one per row; rows that the scores' learner was not trained on
 * @throws InvalidArgumentError (none, lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function fitPlatt(labels: Labels, scores: Float64Array): Calibrator {
  const { majority, minority } = requireScoredRows(labels, scores);
  const ofMinority = (minority + 1) / (minority + 2);
  const ofMajority = 1 / (majority + 2);
  const { middle, halfRange } = rangeOf(scores);
  if (halfRange < LEAST_RANGE || majority === 0 || minority === 0) {
    return platt(0, logOdds((minority * ofMinority + majority * ofMajority) / labels.length));
  }
  const targets = Float64Array.from(labels, (label) => (label === 1 ? ofMinority : ofMajority));
  const scaled = scores.map((score) => (score - middle) / halfRange);
  const { slope, intercept } = minimize(scaled, targets, logarithm((minority + 1) / (majority + 1)));
  return platt(slope / halfRange, intercept - (slope * middle) / halfRange);
}

/** @throws InvalidArgumentError where `json` is nothing that Platt's `toJSON` gave */
export function plattFromJSON(json: unknown): Calibrator {
  const { slope, intercept } = (json ?? {}) as { slope?: unknown; intercept?: unknown };
  if (!(isFiniteNumber(slope) && isFiniteNumber(intercept))) return refuseSaved(json, 'a finite slope and intercept');
  return platt(slope, intercept);
}

function platt(slope: number, intercept: number): Calibrator {
  return {
    probabilities: (scores) => {
      requireFiniteScores(scores);
      return scores.map((score) => sigmoid(slope * score + intercept));
    },
    toJSON: () => ({ type: PLATT, slope, intercept }),
  };
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

const MAXIMUM_STEPS = 100;
const SHORTEST_STEP = 1e-10;
/** Added to the second derivatives, so that they can be divided by where all probabilities are 0 or 1. */
const RIDGE = 1e-12;
/**
 * Where a step promises less than this share of the loss, it is the last: it leaves an error of about this share's
 * square.
 */
const TOLERANCE = 1e-12;
/** Of what a full step would gain if the loss were straight, a step must gain this much. */
const SUFFICIENT_DECREASE = 1e-4;
/** Scores that are closer together are taken for one: their slope would not be finite. */
const LEAST_RANGE = 1e-290;

/** @param scores from -1 to 1 */
function minimize(scores: Float64Array, targets: Float64Array, intercept: number): Line {
  let line: Line = { slope: 0, intercept };
  let loss = lossOf(line, scores, targets);
  for (let step = 0; step < MAXIMUM_STEPS; step++) {
    const { direction, decrease } = newtonDirection(line, scores, targets);
    if (decrease <= TOLERANCE * loss) return along(line, direction, 1);
    const next = backtrack(line, direction, decrease, loss, scores, targets);
    if (next === null) break;
    [line, loss] = [next.line, next.loss];
  }
  return line;
}

/** @returns the direction, and how fast the loss falls along it */
function newtonDirection({ slope, intercept }: Line, scores: Float64Array, targets: Float64Array) {
  let [bySlope, byIntercept, slopeSlope, slopeIntercept, interceptIntercept] = [0, 0, RIDGE, 0, RIDGE];
  for (let row = 0; row < scores.length; row++) {
    const x = slope * scores[row] + intercept;
    const p = sigmoid(x);
    const curvature = p * sigmoid(-x);
    const residual = p - targets[row];
    bySlope += residual * scores[row];
    byIntercept += residual;
    slopeSlope += curvature * scores[row] * scores[row];
    slopeIntercept += curvature * scores[row];
    interceptIntercept += curvature;
  }
  const determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
  const direction: Line = {
    slope: (slopeIntercept * byIntercept - interceptIntercept * bySlope) / determinant,
    intercept: (slopeIntercept * bySlope - slopeSlope * byIntercept) / determinant,
  };
  return { direction, decrease: -(bySlope * direction.slope + byIntercept * direction.intercept) };
}

/** The first of steps halved over and over that lowers the loss enough. */
function backtrack(
  line: Line,
  direction: Line,
  decrease: number,
  loss: number,
  scores: Float64Array,
  targets: Float64Array,
): { line: Line; loss: number } | null {
  for (let length = 1; length >= SHORTEST_STEP; length /= 2) {
    const next = along(line, direction, length);
    const reached = lossOf(next, scores, targets);
    if (reached < loss - SUFFICIENT_DECREASE * length * decrease) return { line: next, loss: reached };
  }
  return null;
}

function along({ slope, intercept }: Line, direction: Line, length: number): Line {
  return { slope: slope + length * direction.slope, intercept: intercept + length * direction.intercept };
}

function lossOf({ slope, intercept }: Line, scores: Float64Array, targets: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row++) {
    const x = slope * scores[row] + intercept;
    sum += targets[row] * logLoss(x, 1) + (1 - targets[row]) * logLoss(x, 0);
  }
  return sum;
}

function rangeOf(scores: Float64Array): { middle: number; halfRange: number } {
  let [least, most] = [scores[0], scores[0]];
  for (const score of scores) {
    if (score < least) least = score;
    if (score > most) most = score;
  }
  return { middle: most / 2 + least / 2, halfRange: most / 2 - least / 2 };
}

function logOdds(probability: number): number {
  return logarithm(probability / (1 - probability));
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
