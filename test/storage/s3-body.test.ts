import { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../contracts/errors.ts';
import { readBody } from '../../storage/s3-body.ts';

/** An answer that promises `length` bytes and sends `chunks`, without an error of the connection. */
function answer(length: number, ...chunks: readonly string[]): GetObjectCommandOutput {
  const Body = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return { ContentLength: length, Body, $metadata: {} } as unknown as GetObjectCommandOutput;
}

describe('readBody', () => {
  it('puts the chunks together', async () => {
    expect(Buffer.from(await readBody('s3://b/k', answer(5, 'ab', 'c', 'de'))).toString()).toBe('abcde');
    expect(await readBody('s3://b/k', answer(0))).toEqual(new Uint8Array(0));
  });

  it('takes nothing for whole that is shorter or longer than promised', async () => {
    await expect(readBody('s3://b/k', answer(5, 'ab', 'c'))).rejects.toThrow(
      new StoreUnavailableError('cannot read s3://b/k: found 3 of 5 bytes when the body ended; try again'),
    );
    await expect(readBody('s3://b/k', answer(5, 'ab', 'cdef'))).rejects.toThrow(
      new StoreUnavailableError('cannot read s3://b/k: found more than the 5 bytes that were promised; try again'),
    );
  });
});
