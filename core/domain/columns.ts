import { InvalidArgumentError } from '../errors.ts';
import type { MixedRows } from '../neighbours/mixed-rows.ts';
import type { FeatureEncoder } from '../table/feature-encoder.ts';
import type { CategoricalColumn, Column, NumericColumn, Table } from '../table/table.ts';
import { readNumber, readText } from './saved.ts';

/** A number as (x - mean) / deviation, a missing x being the median first. */
interface NumericDomainColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
}

/** A category as its position among the levels of the training rows. */
export interface CategoricalDomainColumn {
  readonly kind: 'categorical';
  readonly name: string;
  /** the levels that training rows have, and only these; up to 255 */
  readonly levels: readonly string[];
  /** stands in for a missing one */
  readonly mode: string;
}

export type DomainColumn = NumericDomainColumn | CategoricalDomainColumn;

/** The code of a level that no training row has. */
export const UNSEEN = 255;

/** Numbers are this many deviations from the mean at most: beyond, all are equally far, and squares stay in range. */
const FARTHEST = 1e6;

/**
 * What the encoder says of the columns, with the levels that occur in `training`.
 *
 * @throws InvalidArgumentError (no columns, columns that are not the encoder's, more than 255 levels)
 */
export function domainColumns(encoder: FeatureEncoder, training: Table): readonly DomainColumn[] {
  if (encoder.features.length === 0) throw new InvalidArgumentError('domain: found no columns, needed at least 1');
  return encoder.features.map((feature): DomainColumn => {
    const column = columnOf(feature, training);
    if (feature.kind === 'numeric') return feature;
    const { levels, codes } = column as CategoricalColumn;
    const mode = feature.levels[feature.mode];
    const occurring = new Set(Array.from(codes, (code) => (code < 0 ? mode : levels[code])));
    if (occurring.size > UNSEEN) {
      throw new InvalidArgumentError(
        `domain, column ${feature.name}: found ${occurring.size} levels, needed at most ${UNSEEN}`,
      );
    }
    return { kind: 'categorical', name: feature.name, levels: levels.filter((level) => occurring.has(level)), mode };
  });
}

/** @throws InvalidArgumentError where `json` is no list of columns */
export function domainColumnsFromJSON(json: unknown): readonly DomainColumn[] {
  if (!Array.isArray(json) || json.length === 0 || !json.every((column) => typeof column === 'object' && column)) {
    throw new InvalidArgumentError('saved domain, columns: found no list of columns, needed one');
  }
  return json.map((column: Record<string, unknown>): DomainColumn => {
    const name = readText(column, 'name');
    if (column.kind === 'numeric') {
      const deviation = readNumber(column, 'deviation', 'a number above 0', (found) => found > 0);
      return {
        kind: 'numeric',
        name,
        mean: readNumber(column, 'mean'),
        deviation,
        median: readNumber(column, 'median'),
      };
    }
    const { kind, levels } = column;
    if (kind !== 'categorical' || !Array.isArray(levels) || levels.length > UNSEEN || !levels.every(isText)) {
      throw new InvalidArgumentError(
        `saved domain, column ${name}: found neither numbers nor up to ${UNSEEN} levels, needed either`,
      );
    }
    return { kind, name, levels, mode: readText(column, 'mode') };
  });
}

/** @throws InvalidArgumentError where a column is not there, or of the other kind */
export function encodeDomainRows(columns: readonly DomainColumn[], table: Table): MixedRows {
  const { rows } = table;
  const found = columns.map((column) => columnOf(column, table));
  const numberCount = columns.filter(({ kind }) => kind === 'numeric').length;
  const codeCount = columns.length - numberCount;
  const numbers = new Float32Array(rows * numberCount);
  const codes = new Uint8Array(rows * codeCount);
  let number = 0;
  let code = 0;
  columns.forEach((column, c) => {
    if (column.kind === 'numeric') {
      const { values } = found[c] as NumericColumn;
      for (let row = 0; row < rows; row++) numbers[row * numberCount + number] = standardized(column, values[row]);
      number++;
    } else {
      const from = found[c] as CategoricalColumn;
      const codeOf = codesByLevel(column, from);
      for (let row = 0; row < rows; row++) codes[row * codeCount + code] = codeOf[from.codes[row] + 1];
      code++;
    }
  });
  return { rows, numberCount, codeCount, numbers, codes };
}

/** The categorical ones: the codes of a row are theirs, in this order. */
export function categoricalColumns(columns: readonly DomainColumn[]): readonly CategoricalDomainColumn[] {
  return columns.filter((column) => column.kind === 'categorical');
}

function columnOf({ name, kind }: { name: string; kind: Column['kind'] }, { columns }: Table): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column?.kind !== kind) {
    const found = column ? `${column.kind} column ${name}` : `no column ${name}`;
    throw new InvalidArgumentError(`domain: found ${found}, needed ${kind} column ${name} as in the training rows`);
  }
  return column;
}

function standardized({ mean, deviation, median }: NumericDomainColumn, value: number): number {
  const distance = ((Number.isNaN(value) ? median : value) - mean) / deviation;
  return Math.max(-FARTHEST, Math.min(FARTHEST, distance));
}

/** By the table's own code plus one, as -1 is a missing level: the code in the domain. */
function codesByLevel({ levels, mode }: CategoricalDomainColumn, from: CategoricalColumn): Uint8Array {
  const codes = new Map(levels.map((level, code) => [level, code]));
  return Uint8Array.from([mode, ...from.levels], (level) => codes.get(level) ?? UNSEEN);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
