import type { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { StoreUnavailableError } from '../contracts/errors.ts';

/**
 * All bytes of an answer, or an error: a body is whole only where it has as many bytes as its header promised. They are
 * read into one buffer of that size, so that memory never holds them twice.
 */
export async function readBody(uri: string, answer: GetObjectCommandOutput): Promise<Uint8Array> {
  const promised = answer.ContentLength;
  if (promised === undefined || answer.Body === undefined) {
    throw broken(uri, 'an answer without a length or without a body');
  }
  const bytes = new Uint8Array(promised);
  let received = 0;
  for await (const chunk of answer.Body as Readable) {
    if (received + chunk.length > promised) throw broken(uri, `more than the ${promised} bytes that were promised`);
    bytes.set(chunk, received);
    received += chunk.length;
  }
  if (received !== promised) throw broken(uri, `${received} of ${promised} bytes when the body ended`);
  return bytes;
}

function broken(uri: string, found: string): StoreUnavailableError {
  return new StoreUnavailableError(`cannot read ${uri}: found ${found}; try again`);
}
