import { InvalidArgumentError } from '../errors.ts';

/** What a table is like, and what its owner needs: all that the rules look at. */
export interface TableProfile {
  /** rows of the larger class that a run would use */
  readonly majority: number;
  /** rows of the rarer class that a run would use */
  readonly minority: number;
  /** features after encoding: one per number, and one per level but the first of a category */
  readonly dimensions: number;
  /** what each error costs, where that is known */
  readonly costs: ErrorCosts | null;
  /** people must be able to follow each decision */
  readonly interpretable: boolean;
}

/** In any one unit, both positive: only their proportion counts. */
export interface ErrorCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** A profile and what follows from it. */
export interface TableFacts extends TableProfile {
  readonly rows: number;
  /** majority / minority */
  readonly ratio: number;
  /** the minority's share of the rows, from 0 to 1 */
  readonly minorityShare: number;
  /** minority rows for each dimension: the events per variable of medical statistics */
  readonly minorityPerDimension: number;
}

/** @throws InvalidArgumentError where a class is empty, there is no dimension, or a cost is not positive and finite */
export function tableFacts(profile: TableProfile): TableFacts {
  const { majority, minority, dimensions, costs } = profile;
  for (const [name, count] of Object.entries({ majority, minority, dimensions })) {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new InvalidArgumentError(`advice, ${name}: found ${count}, needed a whole number from 1`);
    }
  }
  for (const [name, cost] of Object.entries(costs ?? {})) {
    if (!(Number.isFinite(cost) && cost > 0)) {
      throw new InvalidArgumentError(`advice, ${name}: found ${cost}, needed a positive finite cost`);
    }
  }
  const rows = majority + minority;
  return {
    ...profile,
    rows,
    ratio: majority / minority,
    minorityShare: minority / rows,
    minorityPerDimension: minority / dimensions,
  };
}
