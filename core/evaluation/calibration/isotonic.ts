import type { Labels } from '../../learners/learner.ts';
import { requireFiniteScores } from '../arguments.ts';
import { operatingPoints } from '../operating-points.ts';
import { refuseSaved, requireScoredRows } from './arguments.ts';
import type { Calibrator } from './calibrator.ts';

export const ISOTONIC = 'isotonic';

/** The corners of a rising line: scores strictly ascending, probabilities never descending. */
interface Corners {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
}

/**
 * Isotonic regression: of all functions that never fall, the one with the least squared error (Zadrozny & Elkan 2002,
 * Transforming classifier scores into accurate multiclass probability estimates), by pooling adjacent violators (Ayer
 * et al. 1955). Rows of equal score are first averaged. Constant on each block of pooled rows, linear from one block's
 * last score to the next one's first, and constant beyond the ends, as scikit-learn's
 * `IsotonicRegression(out_of_bounds="clip")`; that one also pools scores closer than 1e-15.
 *
 * Blocks at the ends that hold rows of one class give exactly 0 and 1. Rows of one class alone give it for all scores.
 *
 * @param labels, scores one per row; rows that the scores' learner was not trained on, a thousand or more by rule of
 * thumb
 * @throws InvalidArgumentError (none, lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function fitIsotonic(labels: Labels, scores: Float64Array): Calibrator {
  requireScoredRows(labels, scores);
  const { scores: descending, truePositives, falsePositives } = operatingPoints(labels, scores);
  const last = descending.length - 1;
  const blocks: Block[] = [];
  for (let n = last; n >= 0; n--) {
    const minority = truePositives[n] - (n === 0 ? 0 : truePositives[n - 1]);
    const majority = falsePositives[n] - (n === 0 ? 0 : falsePositives[n - 1]);
    let block: Block = { first: descending[n], last: descending[n], minority, rows: minority + majority };
    for (let below = blocks.at(-1); below !== undefined && share(below) >= share(block); below = blocks.at(-1)) {
      block = pool(below, block);
      blocks.pop();
    }
    blocks.push(block);
  }
  return isotonic(cornersOf(blocks));
}

/** @throws InvalidArgumentError where `json` is nothing that isotonic regression's `toJSON` gave */
export function isotonicFromJSON(json: unknown): Calibrator {
  const { scores, probabilities } = (json ?? {}) as { scores?: unknown; probabilities?: unknown };
  const valid =
    isNumbers(scores) &&
    isNumbers(probabilities) &&
    scores.length > 0 &&
    scores.length === probabilities.length &&
    scores.every((score, n) => n === 0 || score > scores[n - 1]) &&
    probabilities.every((p, n) => p >= (n === 0 ? 0 : probabilities[n - 1]) && p <= 1);
  if (!valid) {
    return refuseSaved(json, 'ascending scores, and as many probabilities from 0 to 1 that never descend');
  }
  return isotonic({ scores: Float64Array.from(scores), probabilities: Float64Array.from(probabilities) });
}

function isotonic(corners: Corners): Calibrator {
  return {
    probabilities: (scores) => {
      requireFiniteScores(scores);
      return scores.map((score) => heightAt(score, corners));
    },
    toJSON: () => ({ type: ISOTONIC, scores: [...corners.scores], probabilities: [...corners.probabilities] }),
  };
}

/** Neighbouring scores whose rows get one probability. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly minority: number;
  readonly rows: number;
}

function share({ minority, rows }: Block): number {
  return minority / rows;
}

function pool(below: Block, above: Block): Block {
  return {
    first: below.first,
    last: above.last,
    minority: below.minority + above.minority,
    rows: below.rows + above.rows,
  };
}

function cornersOf(blocks: readonly Block[]): Corners {
  const corners = blocks.flatMap((block) => {
    const probability = share(block);
    const first = { score: block.first, probability };
    return block.last > block.first ? [first, { score: block.last, probability }] : [first];
  });
  return {
    scores: Float64Array.from(corners, ({ score }) => score),
    probabilities: Float64Array.from(corners, ({ probability }) => probability),
  };
}

function heightAt(score: number, { scores, probabilities }: Corners): number {
  const above = firstAtLeast(score, scores);
  if (above === scores.length) return probabilities[above - 1];
  if (above === 0 || scores[above] === score) return probabilities[above];
  const [x0, x1, y0, y1] = [scores[above - 1], scores[above], probabilities[above - 1], probabilities[above]];
  // Halves, because the distance of two doubles may be infinite.
  const along = (score / 2 - x0 / 2) / (x1 / 2 - x0 / 2);
  return Math.min(y1, y0 + (y1 - y0) * along);
}

/** @returns the index of the first of the ascending `scores` that is at least `score`, or their number */
function firstAtLeast(score: number, scores: Float64Array): number {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle] < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isFinite(item));
}
