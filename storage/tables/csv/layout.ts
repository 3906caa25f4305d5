import { EmptyTableError, InvalidHeaderError, MalformedCsvError } from '../../../contracts/errors.ts';
import { checkNames } from '../names.ts';
import { LEAST_COLUMNS, type TableSource } from '../profile.ts';
import { quoteSome } from '../quote-some.ts';
import { parseRecords } from './parse-records.ts';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLED_RECORDS = 200;

/** How a CSV file is laid out: what has to be known before its rows are read. */
export interface CsvLayout {
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly hasHeader: boolean;
  readonly firstRecord: readonly string[];
  /** the line, counted from 1, in which the first record begins */
  readonly firstLine: number;
}

interface Candidate {
  readonly delimiter: string;
  readonly records: string[][];
  /** the number of fields that most records have */
  readonly fields: number;
  /** records that have this number */
  readonly agreeing: number;
}

/**
 * Finds the delimiter and the names of the columns in the beginning of a file. The delimiter is the one of `,` `;` tab
 * and `|` that splits the most of the first records into the same number of fields, two at the least; given names must
 * be as many. Where none does and one column is enough, there is one.
 *
 * @throws EmptyTableError for nothing but empty lines, InvalidHeaderError, and MalformedCsvError where no delimiter
 * does it or two do it equally well
 */
export function readLayout(source: TableSource, text: string, complete: boolean): CsvLayout {
  if (!/[^\r\n]/.test(text)) {
    throw new EmptyTableError(`${source.name}: found nothing but empty lines, needed a header and rows below it`);
  }
  const { delimiter, records, fields } = chooseDelimiter(source, text, complete);
  const firstRecord = records[0];
  const firstLine = firstLineNumber(text);
  const place = `${source.name}, line ${firstLine}`;
  if (source.columns !== undefined) {
    checkGivenNames(source, source.columns, place, firstRecord, fields);
    return { delimiter, columns: source.columns, hasHeader: false, firstRecord, firstLine };
  }
  if (firstRecord.length !== fields && records[1]?.length === fields) {
    throw new InvalidHeaderError(
      `${place}: found ${count(firstRecord.length, 'name')} (${quoteSome(firstRecord)}), needed ${fields} as the ` +
        'rows below have fields; the first line must be the header: repair it, remove what stands above it, or ' +
        'give the names (--columns) for a file without a header',
    );
  }
  checkHeaderIsNoData(place, firstRecord);
  checkNames(`${place}, the header`, firstRecord, ', or give the names (--columns) if the file has no header');
  return { delimiter, columns: firstRecord, hasHeader: true, firstRecord, firstLine };
}

function chooseDelimiter(source: TableSource, text: string, complete: boolean): Candidate {
  const needed = source.columns?.length;
  const all = DELIMITERS.map((delimiter) => createCandidate(text, delimiter, complete));
  const candidates = all
    .filter(({ fields }) => fields > 1)
    .sort(
      (a, b) =>
        Number(b.fields === needed) - Number(a.fields === needed) || b.agreeing - a.agreeing || b.fields - a.fields,
    );
  const [best, next] = candidates;
  if (best === undefined) {
    if ((source.leastColumns ?? LEAST_COLUMNS) === 1) return all[0];
    throw new MalformedCsvError(
      `${source.name}, line ${firstLineNumber(text)}: found no comma, semicolon, tab or | between fields in ` +
        `${JSON.stringify(excerpt(text))}, needed ` +
        'one of them and two columns at the least, one to predict and one to learn from',
    );
  }
  const even = (candidate: Candidate) => candidate.agreeing === candidate.records.length;
  if (next !== undefined && even(best) && even(next) && best.fields !== needed) {
    throw new MalformedCsvError(
      `${source.name}: found that both ${describe(best)} and ${describe(next)} divide the first ` +
        `${best.records.length} rows evenly, ` +
        'needed one delimiter; put the values that contain the other in quotes',
    );
  }
  return best;
}

function createCandidate(text: string, delimiter: string, complete: boolean): Candidate {
  const records = parseRecords(text, delimiter, SAMPLED_RECORDS, complete);
  const tally = new Map<number, number>();
  for (const { length } of records) {
    tally.set(length, (tally.get(length) ?? 0) + 1);
  }
  const [fields, agreeing] = [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { delimiter, records, fields, agreeing };
}

function checkGivenNames(
  source: TableSource,
  names: readonly string[],
  place: string,
  firstRecord: readonly string[],
  fields: number,
): void {
  checkNames(`${source.name}: the given names (--columns)`, names);
  if (names.length !== fields) {
    throw new InvalidHeaderError(
      `${place}: found ${count(fields, 'field')} (${quoteSome(firstRecord)}), needed ${names.length} as in the ` +
        `given names (${quoteSome(names)}); give one name for each column (--columns)`,
    );
  }
  if (names.every((name, i) => name === firstRecord[i])) {
    throw new InvalidHeaderError(
      `${place}: found the given names (${quoteSome(names)}) as a header, needed a row of values; leave out --columns`,
    );
  }
}

/** Numbers are no names, unless they count: a table without names is written by pandas with the header 0,1,2. */
function checkHeaderIsNoData(place: string, header: readonly string[]): void {
  const names = header[0] === '' ? header.slice(1) : header;
  const numbers = names.map(Number);
  const counting = numbers.every((number, i) => Number.isInteger(number) && number === numbers[0] + i);
  if (names.every((name) => name !== '' && Number.isFinite(Number(name))) && !counting) {
    throw new InvalidHeaderError(
      `${place}: found only numbers (${quoteSome(header)}), which look like data, needed the names of the columns; ` +
        'add a header or give the names (--columns)',
    );
  }
}

/** Empty lines may stand above the first record. */
function firstLineNumber(text: string): number {
  return 1 + (/^[\r\n]*/.exec(text)?.[0].match(/\r\n|\r|\n/g)?.length ?? 0);
}

function excerpt(text: string): string {
  const line = text
    .slice(0, 1000)
    .trimStart()
    .split(/[\r\n]/, 1)[0];
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function describe({ delimiter, fields }: Candidate): string {
  return `${delimiter === '\t' ? 'tab' : delimiter} (${fields} fields)`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
