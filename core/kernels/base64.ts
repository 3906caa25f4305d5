import { InvalidArgumentError } from '../errors.ts';

/** How many bytes become characters in one call: enough to be quick, few enough for an argument list. */
const CHUNK = 8192;

/** Bytes in the base64 of RFC 4648, section 4. */
export function encodeBase64(bytes: Uint8Array): string {
  let characters = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    characters += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(characters);
}

/** @throws InvalidArgumentError where `text` is not base64; `what` names it in the message */
export function decodeBase64(text: string, what: string): Uint8Array<ArrayBuffer> {
  let characters: string;
  try {
    characters = atob(text);
  } catch {
    throw new InvalidArgumentError(`${what}: found text that is not base64, needed base64`);
  }
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

/** Single-precision numbers, little-endian, in base64: restores the same bits on any machine. */
export function encodeFloat32(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i], true);
  return encodeBase64(new Uint8Array(view.buffer));
}

/** @throws InvalidArgumentError where `text` is not base64 or does not hold `length` numbers; `what` names it */
export function decodeFloat32(text: string, length: number, what: string): Float32Array<ArrayBuffer> {
  const bytes = decodeBase64(text, what);
  if (bytes.length !== length * 4) {
    throw new InvalidArgumentError(`${what}: found ${bytes.length} bytes, needed ${length * 4} (${length} numbers)`);
  }
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length }, (_, i) => view.getFloat32(i * 4, true));
}
