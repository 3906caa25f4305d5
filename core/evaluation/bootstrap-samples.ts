import type { Labels } from '../learners/learner.ts';
import { ascending } from '../learners/sorted-rows.ts';
import { numberGroups } from '../protocol/group-numbers.ts';
import type { Rng } from '../random/rng.ts';
import type { JudgedRows } from './judged-rows.ts';
import type { Evidence } from './metrics.ts';
import { operatingPoints } from './operating-points.ts';
import { logarithmicLosses, squaredErrors } from './probability-scores.ts';

/** Writes how often each row is in a sample, at the row's place. */
type Draw = (times: Int32Array, rng: Rng) => void;

/**
 * Draws samples of the rows with replacement: as many of each class as there are; or, of grouped rows, as many whole groups as
 * there are, so that a sample has other numbers of rows and other shares of the classes than the next one.
 *
 * Scores are sorted once: a sample is a count of rows per distinct score and class. The evidence is overwritten by the next
 * sample.
 *
 * @param groups the group of each row; undefined where each row is one by itself
 */
export function createSampler(
  { labels, predictions, scores, probabilities }: JudgedRows,
  groups: Int32Array | undefined,
): (rng: Rng) => Evidence {
  const { scores: distinct } = operatingPoints(labels, scores);
  const point = pointOfEach(scores, distinct);
  // Places are by score, from the highest down: a sample is then counted in one pass through memory.
  const rowAt = ascending(labels.length).sort((a, b) => point[a] - point[b]);
  const placeOf = new Int32Array(labels.length);
  for (let place = 0; place < placeOf.length; place++) placeOf[rowAt[place]] = place;
  const draw = groups === undefined ? drawRows(labels, placeOf) : drawGroups(groups, rowAt);
  const tally = createTally(distinct, {
    point: rowAt.map((row) => point[row]),
    label: Uint8Array.from(rowAt, (row) => labels[row]),
    prediction: Uint8Array.from(rowAt, (row) => predictions[row]),
    squaredError: inPlaces(squaredErrors(labels, probabilities), rowAt),
    logLoss: inPlaces(logarithmicLosses(labels, probabilities), rowAt),
  });
  const times = new Int32Array(labels.length);
  return (rng) => {
    times.fill(0);
    draw(times, rng);
    return tally(times);
  };
}

/** The majority first, then the minority. */
function drawRows(labels: Labels, placeOf: Int32Array): Draw {
  const classes = [0, 1].map((label) => placeOf.filter((_, row) => labels[row] === label));
  return (times, rng) => {
    for (const ofClass of classes) {
      for (let n = 0; n < ofClass.length; n++) times[ofClass[rng.nextInt(ofClass.length)]]++;
    }
  };
}

function drawGroups(names: Int32Array, rowAt: Int32Array): Draw {
  const { groupOf, groups } = numberGroups(names);
  const groupAt = rowAt.map((row) => groupOf[row]);
  const timesOfGroup = new Int32Array(groups);
  return (times, rng) => {
    timesOfGroup.fill(0);
    for (let n = 0; n < groups; n++) timesOfGroup[rng.nextInt(groups)]++;
    for (let place = 0; place < times.length; place++) times[place] = timesOfGroup[groupAt[place]];
  };
}

/** What the row at each place adds to the evidence. */
interface Places {
  /** index of its score among the distinct ones, from the highest down: ascending */
  readonly point: Int32Array;
  readonly label: Uint8Array;
  readonly prediction: Uint8Array;
  readonly squaredError: Float64Array;
  readonly logLoss: Float64Array;
}

/** Counts a sample. */
function createTally(scores: Float64Array, of: Places): (times: Int32Array) => Evidence {
  const { point, label, prediction, squaredError, logLoss } = of;
  const truePositives = new Float64Array(scores.length);
  const falsePositives = new Float64Array(scores.length);
  return (times) => {
    let majority = 0;
    let minority = 0;
    let calledMajority = 0;
    let calledMinority = 0;
    let squared = 0;
    let logarithmic = 0;
    for (let place = 0; place < times.length; place++) {
      const count = times[place];
      const ofMinority = count * label[place];
      minority += ofMinority;
      majority += count - ofMinority;
      calledMinority += ofMinority * prediction[place];
      calledMajority += (count - ofMinority) * prediction[place];
      squared += count * squaredError[place];
      logarithmic += count * logLoss[place];
      truePositives[point[place]] = minority;
      falsePositives[point[place]] = majority;
    }
    const rows = majority + minority;
    return {
      counts: {
        truePositives: calledMinority,
        falsePositives: calledMajority,
        trueNegatives: majority - calledMajority,
        falseNegatives: minority - calledMinority,
      },
      points: { scores, truePositives, falsePositives, minority, majority },
      brier: rows === 0 ? null : squared / rows,
      logLoss: rows === 0 ? null : logarithmic / rows,
    };
  };
}

function inPlaces(values: Float64Array, rowAt: Int32Array): Float64Array {
  return Float64Array.from(rowAt, (row) => values[row]);
}

/** @param distinct the distinct scores, from the highest down */
function pointOfEach(scores: Float64Array, distinct: Float64Array): Int32Array {
  const index = new Map<number, number>();
  for (let n = 0; n < distinct.length; n++) index.set(distinct[n], n);
  return Int32Array.from(scores, (score) => index.get(score)!);
}
