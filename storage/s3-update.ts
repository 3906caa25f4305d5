import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { ObjectNotFoundError } from '../contracts/errors.ts';
import { retry } from './retry.ts';
import { readBody } from './s3-body.ts';
import { isBrokenBody, s3Error, statusOf } from './s3-errors.ts';
import type { ObjectAddress } from './s3-transfer.ts';

interface Content {
  readonly bytes?: Uint8Array;
  /** that what is written takes the place of this very content, or of none */
  readonly condition: { readonly IfMatch: string | undefined } | { readonly IfNoneMatch: '*' };
}

/**
 * Writes what `change` makes of an object, on the condition that it still is what was read; else it begins anew.
 *
 * @param change is given no bytes where there is no object; it may be called several times, also with what it made itself,
 *   where the answer to a write was lost
 */
export async function updateObject(
  client: S3Client,
  uri: string,
  address: ObjectAddress,
  change: (bytes?: Uint8Array) => Uint8Array,
): Promise<void> {
  await retry(
    (error) => isOvertaken(error) || isBrokenBody(error),
    async () => {
      const { bytes, condition } = await readContent(client, uri, address);
      await client.send(new PutObjectCommand({ ...address, ...condition, Body: change(bytes) }));
    },
  );
}

async function readContent(client: S3Client, uri: string, address: ObjectAddress): Promise<Content> {
  try {
    const answer = await client.send(new GetObjectCommand(address));
    return { bytes: await readBody(uri, answer), condition: { IfMatch: answer.ETag } };
  } catch (error) {
    if (s3Error(error, uri, 'read') instanceof ObjectNotFoundError) return { condition: { IfNoneMatch: '*' } };
    throw error;
  }
}

/** Somebody has written the object meanwhile (412), is writing it (409), or has removed it (404). */
function isOvertaken(error: unknown): boolean {
  return [404, 409, 412].includes(statusOf(error) ?? 0);
}
