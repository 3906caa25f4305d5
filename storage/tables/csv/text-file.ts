import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { InvalidValueError, TextEncodingError, UnreadableTableError } from '../../../contracts/errors.ts';
import { firstInvalidUtf8, foreignEncoding, incompleteTail } from './encoding.ts';
import { CsvScanner, type ScanRules } from './scanner.ts';

const CHUNK_BYTES = 1 << 20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** A text file on this computer. */
export interface TextFile {
  readonly path: string;
  /** what messages call the file */
  readonly name: string;
  readonly gzip: boolean;
}

/**
 * The beginning of the file as text, without a byte order mark. Bytes that are not UTF-8 come out as U+FFFD: the scan
 * names them.
 *
 * @throws TextEncodingError for UTF-16
 */
export async function readHead(file: TextFile, bytes: number): Promise<{ text: string; complete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(file)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bytes) {
      break;
    }
  }
  const head = Buffer.concat(chunks);
  const encoding = foreignEncoding(head);
  if (encoding !== undefined) {
    throw new TextEncodingError(
      `${file.name}: found ${encoding}, needed UTF-8; save the file as UTF-8 (iconv -f ${encoding} -t UTF-8)`,
    );
  }
  const complete = length <= bytes;
  const whole = complete ? head : head.subarray(0, head.length - incompleteTail(head));
  return { text: new TextDecoder().decode(whole), complete };
}

/**
 * Scans the whole file.
 *
 * @throws RaggedRowError, MalformedCsvError, TextEncodingError, and InvalidValueError for a NUL byte
 */
export async function scanFile(file: TextFile, rules: ScanRules): Promise<CsvScanner> {
  const scanner = new CsvScanner(rules);
  let rest: Uint8Array = new Uint8Array(0);
  let first = true;
  for await (const chunk of readBytes(file)) {
    const bytes = first && BYTE_ORDER_MARK.every((byte, i) => chunk[i] === byte) ? chunk.subarray(3) : chunk;
    first = false;
    const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const whole = joined.length - incompleteTail(joined);
    scanText(scanner, joined.subarray(0, whole));
    rest = joined.slice(whole);
  }
  scanText(scanner, rest);
  scanner.finish();
  return scanner;
}

function scanText(scanner: CsvScanner, bytes: Uint8Array): void {
  const invalid = isUtf8(bytes) ? -1 : firstInvalidUtf8(bytes);
  const nul = (invalid < 0 ? bytes : bytes.subarray(0, invalid)).indexOf(0);
  if (nul >= 0) {
    scanner.scan(bytes.subarray(0, nul));
    throw new InvalidValueError(`${scanner.position()}: found a NUL byte, needed text; remove it (tr -d '\\000')`);
  }
  if (invalid >= 0) {
    scanner.scan(bytes.subarray(0, invalid));
    throw new TextEncodingError(
      `${scanner.position()}: found the byte 0x${bytes[invalid].toString(16)}, which is not UTF-8, needed UTF-8; ` +
        'if the file is in Latin-1 (Windows-1252), convert it with iconv -f WINDOWS-1252 -t UTF-8',
    );
  }
  scanner.scan(bytes);
}

async function* readBytes(file: TextFile): AsyncGenerator<Buffer> {
  const bytes = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  if (!file.gzip) {
    yield* bytes;
    return;
  }
  const text = createGunzip({ chunkSize: CHUNK_BYTES });
  bytes.on('error', (error) => text.destroy(error));
  try {
    yield* bytes.pipe(text);
  } catch (error) {
    throw new UnreadableTableError(
      `${file.name}: found a gzip file that is damaged or cut short (${(error as Error).message}), needed a whole ` +
        `one; copy it again`,
      { cause: error },
    );
  } finally {
    bytes.destroy();
  }
}
