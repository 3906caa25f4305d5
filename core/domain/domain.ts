import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import { type MixedRows, takeMixedRows } from '../neighbours/mixed-rows.ts';
import type { Rng } from '../random/rng.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';
import type { FeatureEncoder } from '../table/feature-encoder.ts';
import type { Table } from '../table/table.ts';
import { type DomainColumn, domainColumns, domainColumnsFromJSON, encodeDomainRows } from './columns.ts';
import { isolationForestMethod } from './isolation-forest.ts';
import { DOMAIN_METHODS, type DomainMethod } from './methods.ts';
import { nearestNeighboursMethod } from './nearest-neighbours.ts';
import { oneClassSvmMethod } from './one-class-svm.ts';
import type { Outlyingness, OutlyingnessMethod } from './outlyingness.ts';
import { readNumber } from './saved.ts';
import { standardizedDistanceMethod } from './standardized-distance.ts';

export interface DomainSettings {
  readonly method: DomainMethod;
  /** share of the training rows that lie inside: above 0, below 1 */
  readonly coverage: number;
}

/**
 * The domain of the training rows: where rows are like those that a model was trained on, so that its predictions can
 * be relied on. Immutable.
 *
 * Columns are found by name, in whatever order; those that were not there in training are ignored. A missing value is
 * taken for the training median or the most frequent level. A level that no training row has is farther away than any
 * that one has, and a number may be of any size, infinite included. Both methods throw InvalidArgumentError where a
 * column is not there, or of the other kind.
 */
export interface FittedDomain {
  readonly method: DomainMethod;
  /** One per row: higher is farther inside, 0 is the boundary, which belongs to the domain. The method says on which scale. */
  score(table: Table): Float64Array;
  /** One per row: 1 where it lies inside, else 0. */
  contains(table: Table): Uint8Array;
  /**
   * The domain that other rows would have, for example those that under-sampling leaves: of the same method, with the
   * boundary where it is here, not where `coverage` of the other rows lie inside (which would let a sparser domain
   * grow). Of large tables the same share is sampled as here.
   *
   * Only nearest neighbours see every gap that missing rows leave: the others see how rows are spread as a whole, and
   * standardized distance not even that, as its means and deviations are the encoder's.
   *
   * @param table at least two rows
   * @throws TooFewRowsError, and what `score` throws
   */
  refit(table: Table, rng: Rng): FittedDomain;
  /** Plain JSON, which `fittedDomainFromJSON` restores without loss. */
  toJSON(): unknown;
}

/** All of a domain but what was fitted. */
interface DomainFrame extends DomainSettings {
  readonly boundary: number;
  /** of the training rows, so many were used */
  readonly sampledShare: number;
  readonly columns: readonly DomainColumn[];
}

const METHODS: Readonly<Record<DomainMethod, OutlyingnessMethod>> = {
  'nearest-neighbours': nearestNeighboursMethod,
  'standardized-distance': standardizedDistanceMethod,
  'isolation-forest': isolationForestMethod,
  'one-class-svm': oneClassSvmMethod,
};

/**
 * Fits a domain. Scores are the outlyingness of the row at the boundary less that of the row; the boundary is where
 * `coverage` of the training rows lie inside, each measured by what was fitted without it (or, where the method does
 * not show a difference, with it).
 *
 * @param table the observed training rows before resampling, at least two; values may be missing
 * @param encoder fitted to these rows, or to rows of which they are part
 * @param rng samples rows, and the method's chance
 * @throws InvalidArgumentError (coverage, method, no columns, columns that are not the encoder's, too many levels),
 * TooFewRowsError
 */
export function fitDomain(settings: DomainSettings, table: Table, encoder: FeatureEncoder, rng: Rng): FittedDomain {
  const { method, coverage } = settings;
  requireMethod(method, 'domain, method');
  if (!(coverage > 0 && coverage < 1)) {
    throw new InvalidArgumentError(`domain, coverage: found ${coverage}, needed a number between 0 and 1`);
  }
  requireTrainingRows(table);
  const columns = domainColumns(encoder, table);
  const rows = encodeDomainRows(columns, table);
  const sampledShare = Math.min(1, METHODS[method].mostRows(rows) / rows.rows);
  const { fitted, measureTraining } = METHODS[method].fit(sample(rows, sampledShare, rng), columns, coverage, rng);
  const boundary = boundaryFor(measureTraining(), coverage);
  return domainOf({ method, coverage, boundary, sampledShare, columns }, fitted);
}

/** Restores what `toJSON` of a fitted domain gave. @throws InvalidArgumentError, NonFiniteValueError where it is not that */
export function fittedDomainFromJSON(json: unknown): FittedDomain {
  const saved = (json ?? {}) as Record<string, unknown>;
  const method = requireMethod(saved.type, 'saved domain, type');
  const columns = domainColumnsFromJSON(saved.columns);
  const isShare = (found: number) => found > 0 && found <= 1;
  const settings = {
    method,
    coverage: readNumber(saved, 'coverage', 'a number between 0 and 1', isShare),
    boundary: readNumber(saved, 'boundary'),
    sampledShare: readNumber(saved, 'sampledShare', 'a number above 0, up to 1', isShare),
    columns,
  };
  return domainOf(settings, METHODS[method].fromJSON(saved, columns));
}

/** The share of the rows that lie inside, from 0 to 1. @throws TooFewRowsError (no rows), and what `contains` throws */
export function domainShare(domain: FittedDomain, table: Table): number {
  if (table.rows === 0) throw new TooFewRowsError('share inside the domain: found no rows, needed at least 1');
  return domain.contains(table).reduce((inside, flag) => inside + flag, 0) / table.rows;
}

function domainOf(frame: DomainFrame, fitted: Outlyingness): FittedDomain {
  const { method, coverage, boundary, sampledShare, columns } = frame;
  const score = (table: Table): Float64Array => {
    const rows = encodeDomainRows(columns, table);
    return rows.rows === 0 ? new Float64Array() : fitted.measure(rows).map((outlyingness) => boundary - outlyingness);
  };
  return {
    method,
    score,
    contains: (table) => Uint8Array.from(score(table), (value) => (value >= 0 ? 1 : 0)),
    refit(table, rng) {
      requireTrainingRows(table);
      const rows = sample(encodeDomainRows(columns, table), sampledShare, rng);
      return domainOf(frame, METHODS[method].fit(rows, columns, coverage, rng).fitted);
    },
    toJSON: () => ({ type: method, coverage, boundary, sampledShare, columns, ...fitted.toJSON() }),
  };
}

/** This share of the rows, two at least, drawn at random, in their order. */
function sample(rows: MixedRows, share: number, rng: Rng): MixedRows {
  if (share === 1) return rows;
  const all = Int32Array.from({ length: rows.rows }, (_, row) => row);
  return takeMixedRows(rows, sampleWithoutReplacement(all, Math.max(2, Math.round(share * rows.rows)), rng));
}

function requireTrainingRows({ rows }: Table): void {
  if (rows < 2) throw new TooFewRowsError(`domain: found ${rows} training rows, needed at least 2`);
}

/** The least outlyingness that at least this share of the rows do not exceed. */
function boundaryFor(training: Float64Array, coverage: number): number {
  return training.toSorted()[Math.ceil(coverage * training.length) - 1];
}

function requireMethod(found: unknown, what: string): DomainMethod {
  const method = DOMAIN_METHODS.find((known) => known === found);
  if (method === undefined) {
    throw new InvalidArgumentError(
      `${what}: found ${JSON.stringify(found)}, needed one of ${DOMAIN_METHODS.join(', ')}`,
    );
  }
  return method;
}
