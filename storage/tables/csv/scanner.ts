import { MalformedCsvError, RaggedRowError } from '../../../contracts/errors.ts';

/**
 * No record may be longer, in bytes: a quote that is never closed is found here rather than at the end of a large
 * file.
 */
export const MAX_RECORD_BYTES = 1_000_000;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;

type State = 'field start' | 'unquoted' | 'quoted' | 'quote in quoted' | 'after quoted';

/** What a scan holds a CSV file to. */
export interface ScanRules {
  /** what messages call the file */
  readonly name: string;
  /** one of `,` `;` `|` and tab */
  readonly delimiter: string;
  /** what each column is called; every record must have as many fields */
  readonly columns: readonly string[];
  /** where the names come from, for messages, such as "the header (line 1)" */
  readonly namedBy: string;
  /** a record, counted from 0, whose line is wanted */
  readonly watched?: number;
}

/**
 * Walks over the bytes of a CSV file and finds every record that is not as the format (RFC 4180) and the header demand,
 * with the line it stands in. It keeps no values: DuckDB reads those. Both agree on what a record is: lines end in LF,
 * CRLF or CR; empty lines do not count; a quote opens a field only at its beginning (spaces may stand before it and
 * after the closing one) and is literal elsewhere; within quotes, a quote is written twice.
 */
export class CsvScanner {
  /** records seen so far, the header included */
  records = 0;
  /** the line, counted from 1, in which the watched record begins */
  watchedLine: number | undefined;
  readonly #rules: ScanRules;
  #state: State = 'field start';
  #line = 1;
  #lineStart = 0;
  #recordLine = 1;
  #recordStart = 0;
  #quoteLine = 1;
  #field = 0;
  #offset = 0;
  #afterReturn = false;
  /** the last record ended in CR, and an LF may follow */
  #openReturn = false;
  #lineEnd: 'CR' | 'LF' | undefined;

  constructor(rules: ScanRules) {
    this.#rules = rules;
  }

  /** @throws RaggedRowError, MalformedCsvError */
  scan(bytes: Uint8Array): void {
    const delimiter = this.#rules.delimiter.charCodeAt(0);
    let state = this.#state;
    let afterReturn = this.#afterReturn;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === LF || byte === CR) {
        const paired = byte === LF && afterReturn;
        this.#state = state;
        if (state !== 'quoted') {
          this.#noteLineEnd(byte, afterReturn);
          this.#endRecord(this.#offset + i, paired);
          state = 'field start';
        }
        this.#startLine(this.#offset + i + 1, paired);
        afterReturn = byte === CR;
        continue;
      }
      if (afterReturn) {
        this.#noteText();
        afterReturn = false;
      }
      if (state === 'quoted') {
        if (byte === QUOTE) {
          state = 'quote in quoted';
        }
      } else if (byte === delimiter) {
        this.#field++;
        state = 'field start';
      } else if (byte === QUOTE && state === 'field start') {
        this.#quoteLine = this.#line;
        state = 'quoted';
      } else if (byte === QUOTE && state === 'quote in quoted') {
        state = 'quoted';
      } else if (byte !== SPACE) {
        if (state === 'quote in quoted' || state === 'after quoted') {
          throw this.#textAfterQuote(byte);
        }
        state = 'unquoted';
      } else if (state === 'quote in quoted') {
        state = 'after quoted';
      }
    }
    this.#state = state;
    this.#afterReturn = afterReturn;
    this.#offset += bytes.length;
    this.#checkLength(this.#offset);
  }

  /** @throws RaggedRowError, MalformedCsvError */
  finish(): void {
    if (this.#state === 'quoted') {
      throw new MalformedCsvError(
        `${this.#rules.name}, line ${this.#quoteLine}: found a quote (") that opens field ${this.#place()} and ` +
          'is never closed, needed a closing one; a quote that is part of a value is written twice, in quotes',
      );
    }
    this.#noteText();
    this.#endRecord(this.#offset, false);
  }

  /** Where the scan stands, for messages: the file, the line, the byte in the line and the column. */
  position(): string {
    const byte = this.#offset - this.#lineStart + 1;
    return `${this.#rules.name}, line ${this.#line}, byte ${byte}, column ${this.#place()}`;
  }

  #endRecord(end: number, paired: boolean): void {
    this.#checkLength(end);
    if (paired || end === this.#recordStart) {
      return;
    }
    const found = this.#field + 1;
    const needed = this.#rules.columns.length;
    if (found !== needed) {
      const lines = this.#line > this.#recordLine ? `lines ${this.#recordLine} to ${this.#line}` : `line ${this.#line}`;
      throw new RaggedRowError(
        `${this.#rules.name}, ${lines}: found ${found} ${found === 1 ? 'field' : 'fields'}, needed ${needed} as in ` +
          `${this.#rules.namedBy}; repair or remove the row (a value with the delimiter in it must be in quotes)`,
      );
    }
    if (this.records === this.#rules.watched) {
      this.watchedLine = this.#recordLine;
    }
    this.records++;
  }

  #noteLineEnd(byte: number, afterReturn: boolean): void {
    if (byte === LF) {
      this.#openReturn = false;
      this.#checkLineEnd('LF');
    } else {
      if (afterReturn) {
        this.#noteText();
      }
      this.#openReturn = true;
    }
  }

  #noteText(): void {
    if (this.#openReturn) {
      this.#openReturn = false;
      this.#checkLineEnd('CR');
    }
  }

  /** DuckDB loses the character after a CR that ends a line where others end in LF or CRLF. */
  #checkLineEnd(lineEnd: 'CR' | 'LF'): void {
    this.#lineEnd ??= lineEnd;
    if (this.#lineEnd !== lineEnd) {
      throw new MalformedCsvError(
        `${this.#rules.name}, line ${this.#line}: found lines that end in CR alone and lines that end in LF, ` +
          'needed one of them; write the file with one kind of line ends, or put the values that contain them in ' +
          'quotes',
      );
    }
  }

  #startLine(start: number, paired: boolean): void {
    this.#lineStart = start;
    if (!paired) {
      this.#line++;
    }
    if (this.#state !== 'quoted') {
      this.#field = 0;
      this.#recordStart = start;
      this.#recordLine = this.#line;
    }
  }

  #checkLength(end: number): void {
    if (end - this.#recordStart > MAX_RECORD_BYTES) {
      throw new MalformedCsvError(
        `${this.#rules.name}, line ${this.#recordLine}: found a row of more than ${MAX_RECORD_BYTES} bytes, needed ` +
          `fewer; ` +
          (this.#state === 'quoted'
            ? `a quote (") was opened in line ${this.#quoteLine} and not closed since`
            : 'are its lines ended by LF, CRLF or CR?'),
      );
    }
  }

  #textAfterQuote(byte: number): MalformedCsvError {
    return new MalformedCsvError(
      `${this.#rules.name}, line ${this.#line}: found ${describeByte(byte)} after the closing quote (") of field ` +
        `${this.#place()}, ` +
        'needed the delimiter or the end of the line; a quote that is part of a value is written twice, in quotes',
    );
  }

  #place(): string {
    const name = this.#rules.columns[this.#field];
    return name === undefined ? `${this.#field + 1}` : `${this.#field + 1} (${JSON.stringify(name)})`;
  }
}

function describeByte(byte: number): string {
  return byte > SPACE && byte < 0x7f
    ? `'${String.fromCharCode(byte)}'`
    : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}
