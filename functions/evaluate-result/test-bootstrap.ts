import type { Report } from '../../contracts/report.ts';
import { count } from '../../core/counting.ts';
import { bootstrapReplicates } from '../../core/evaluation/bootstrap-size.ts';
import { timeBlocks } from '../../core/evaluation/time-blocks.ts';
import type { RowOrder } from '../row-order.ts';

type Described = Report['test']['bootstrap'];

/** How the test rows are drawn for intervals, and what the report says of that. */
export interface TestBootstrap {
  readonly replicates: number;
  /** of every test row; absent where each row is drawn by itself */
  readonly groups?: Int32Array;
  readonly described: Described;
}

/**
 * With fewer, intervals come out by a fifth or more too narrow: that of a mean over 10 groups is 1.96 sqrt(9 / 10) standard errors
 * to either side, where Student's t of 9 degrees of freedom asks for 2.26.
 */
const FEWEST_UNITS = 10;

/** Test rows were split off by groups, by time or by class, and are drawn for intervals as they were split off. */
export function planTestBootstrap(rows: number, { groups, time }: RowOrder): TestBootstrap {
  const replicates = bootstrapReplicates(rows);
  const drawn = groups ?? (time && timeBlocks(time));
  const units = drawn ? new Set(drawn).size : null;
  const kind = groups ? 'grouped' : time ? 'time-ordered' : 'stratified';
  const described = { kind, units, replicates, intervals: inWords(kind, units, replicates) } as const;
  return drawn ? { replicates, groups: drawn, described } : { replicates, described };
}

const DRAWN_AS_WHOLES = {
  grouped: {
    name: 'cluster bootstrap',
    unit: 'group',
    units: 'groups',
    why: 'rows of a group are alike (Field & Welsh 2007)',
  },
  'time-ordered': {
    name: 'block bootstrap',
    unit: 'block of consecutive times',
    units: 'blocks of consecutive times',
    why: 'rows that are close in time are alike (Carlstein 1986)',
  },
} as const;

function inWords(kind: Described['kind'], units: number | null, replicates: number): string {
  const samples = count(replicates);
  if (kind === 'stratified' || units === null) {
    return `95% intervals of a stratified bootstrap: ${samples} samples, drawn with replacement from the rows of each class.`;
  }
  const { name, unit, units: plural, why } = DRAWN_AS_WHOLES[kind];
  if (units === 1) {
    return `There are no intervals: the test rows are of a single ${unit}, which does not tell how far others would differ.`;
  }
  const said =
    `95% intervals of a ${name}: ${samples} samples of the ${units} ${plural}, drawn with replacement and as wholes, for ` +
    `${why}. The share of the minority differs from sample to sample.`;
  if (units >= FEWEST_UNITS) return said;
  return `${said} With fewer than ${FEWEST_UNITS} ${plural} these intervals are too narrow: do not trust them.`;
}
