import { CorruptArtifactError } from '../../contracts/errors.ts';
import { InvalidArgumentError } from '../../core/errors.ts';

export type NumericArray = Float32Array | Float64Array | Int32Array | Uint8Array;
export type ArrayByName = Record<string, NumericArray>;

/** Named arrays, and a header that says what they are. */
export interface ArrayContainer {
  /** anything that JSON holds as it is: no NaN, no infinity */
  readonly meta: unknown;
  readonly arrays: Readonly<ArrayByName>;
}

/*
 * The bytes of a container, little-endian throughout (as every machine is that Node's WebAssembly SIMD runs on):
 *
 *   0    8 bytes   "CPARRAYS"
 *   8    uint32    version of the format, 1
 *   12   uint32    length h of the header, a multiple of 8
 *   16   h bytes   the header: UTF-8 JSON { meta, arrays: [{ name, type, length }] }, filled up with spaces
 *   16+h           the arrays one after the other, each filled up with zeros to a multiple of 8 bytes
 *
 * So every array begins at a multiple of 8 and can be used where it lies.
 */
const MAGIC = 'CPARRAYS';
const VERSION = 1;
const PREAMBLE_BYTES = 16;
const ALIGNMENT = 8;

const ARRAY_TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array } as const;
type ArrayType = keyof typeof ARRAY_TYPES;

interface Section {
  readonly name: string;
  readonly type: ArrayType;
  /** elements, not bytes */
  readonly length: number;
}

/**
 * The same container gives the same bytes on every machine: arrays stay in their order, and every NaN becomes the one of
 * IEEE 754's default bits, as processors differ in the sign and payload of those that they make.
 *
 * @throws InvalidArgumentError where `meta` holds what JSON does not
 */
export function encodeArrays({ meta, arrays }: ArrayContainer): Uint8Array {
  const entries = Object.entries(arrays);
  const sections = entries.map(([name, array]): Section => ({ name, type: typeOf(array), length: array.length }));
  const header = encodeHeader(meta, sections);
  const bytes = new Uint8Array(
    entries.reduce((sum, [, array]) => sum + aligned(array.byteLength), PREAMBLE_BYTES + header.length),
  );
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, VERSION, true);
  view.setUint32(MAGIC.length + 4, header.length, true);
  bytes.set(header, PREAMBLE_BYTES);

  let offset = PREAMBLE_BYTES + header.length;
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    unifyNaNs(view, offset, array);
    offset += aligned(array.byteLength);
  }
  return bytes;
}

/**
 * The container in `bytes`. Its arrays are views of `bytes` where those lie at a multiple of their element's size, and
 * copies where not.
 *
 * @param source what to call the bytes in an error, for example their URI
 * @throws CorruptArtifactError where they are no container, of an unknown version, cut short or damaged
 */
export function decodeArrays(bytes: Uint8Array, source = 'array container'): ArrayContainer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) {
    throw corrupt(source, `${JSON.stringify(magic)} at its beginning`, `"${MAGIC}": it is another kind of file`);
  }
  requireBytes(source, bytes, PREAMBLE_BYTES);
  const version = view.getUint32(MAGIC.length, true);
  if (version !== VERSION) {
    throw corrupt(source, `version ${version} of the format`, `${VERSION}: it was written by another release`);
  }
  const headerBytes = view.getUint32(MAGIC.length + 4, true);
  requireBytes(source, bytes, PREAMBLE_BYTES + headerBytes);
  const { meta, sections } = decodeHeader(source, bytes.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + headerBytes));

  let offset = PREAMBLE_BYTES + headerBytes;
  const ends = sections.map(({ type, length }) => {
    offset += aligned(length * ARRAY_TYPES[type].BYTES_PER_ELEMENT);
    return offset;
  });
  requireBytes(source, bytes, offset);
  if (bytes.length !== offset) throw corrupt(source, `${bytes.length} bytes`, `${offset}: something was appended`);
  const starts = [PREAMBLE_BYTES + headerBytes, ...ends];
  const arrays = sections.map((section, i) => [section.name, arrayAt(bytes, starts[i], section)] as const);
  return { meta, arrays: Object.fromEntries(arrays) };
}

function encodeHeader(meta: unknown, sections: readonly Section[]): Uint8Array {
  const refuse = (key: string, value: unknown): unknown => {
    if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) {
      throw new InvalidArgumentError(`meta: found ${value} at "${key}", needed what JSON can hold`);
    }
    return value;
  };
  const json = new TextEncoder().encode(JSON.stringify({ meta, arrays: sections }, refuse));
  const header = new Uint8Array(aligned(json.length)).fill(' '.charCodeAt(0));
  header.set(json);
  return header;
}

function decodeHeader(source: string, bytes: Uint8Array): { meta: unknown; sections: readonly Section[] } {
  try {
    const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (Array.isArray(header.arrays) && header.arrays.every(isSection)) {
      return { meta: header.meta, sections: header.arrays };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw corrupt(source, 'an unreadable header', 'JSON that lists the arrays: the file is damaged');
}

function isSection(value: unknown): value is Section {
  const { name, type, length } = (value ?? {}) as Partial<Section>;
  return (
    typeof name === 'string' &&
    typeof type === 'string' &&
    Object.hasOwn(ARRAY_TYPES, type) &&
    Number.isSafeInteger(length) &&
    (length as number) >= 0
  );
}

function arrayAt(bytes: Uint8Array, offset: number, { type, length }: Section): NumericArray {
  const TypedArray = ARRAY_TYPES[type];
  const start = bytes.byteOffset + offset;
  if (start % TypedArray.BYTES_PER_ELEMENT === 0) return new TypedArray(bytes.buffer as ArrayBuffer, start, length);
  return new TypedArray(bytes.slice(offset, offset + length * TypedArray.BYTES_PER_ELEMENT).buffer, 0, length);
}

function typeOf(array: NumericArray): ArrayType {
  for (const type of Object.keys(ARRAY_TYPES) as ArrayType[]) if (array instanceof ARRAY_TYPES[type]) return type;
  const types = Object.keys(ARRAY_TYPES).join(', ');
  throw new InvalidArgumentError(`arrays: found ${Object.prototype.toString.call(array)}, needed one of ${types}`);
}

function unifyNaNs(view: DataView, offset: number, array: NumericArray): void {
  if (array instanceof Float32Array) {
    for (let i = 0; i < array.length; i++) {
      if (Number.isNaN(array[i])) view.setUint32(offset + 4 * i, 0x7fc00000, true);
    }
  } else if (array instanceof Float64Array) {
    for (let i = 0; i < array.length; i++) {
      if (Number.isNaN(array[i])) view.setBigUint64(offset + 8 * i, 0x7ff8000000000000n, true);
    }
  }
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function requireBytes(source: string, bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) {
    throw corrupt(source, `${bytes.length} bytes`, `at least ${needed}: the file was cut short`);
  }
}

function corrupt(source: string, found: string, needed: string): CorruptArtifactError {
  return new CorruptArtifactError(`${source}: found ${found}, needed ${needed}`);
}
