import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { StoreUnavailableError } from '../contracts/errors.ts';
import { fileError } from './file-errors.ts';

export interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
}

/** Objects larger than a part travel in parts, four at a time: 4 x 8 MiB = 32 MiB of memory. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 4;
/** S3's limit of 10,000 parts an object. */
const MAX_PARTS = 10_000;

/** Writes an object, in parts where it is larger than one. A failed upload takes its parts away again. */
export async function upload(
  client: S3Client,
  address: ObjectAddress,
  body: Uint8Array | Readable,
  bytes: number,
): Promise<{ readonly VersionId?: string | undefined }> {
  const parts = new Upload({
    client,
    params: { ...address, Body: body, ContentLength: bytes },
    partSize: Math.max(PART_BYTES, Math.ceil(bytes / MAX_PARTS)),
    queueSize: PARTS_AT_ONCE,
  });
  return parts.done();
}

/**
 * Makes a file of an object.
 *
 * @param bytes the size of the object
 * @param getRange gives the bytes of an HTTP range, or fails with a named error
 */
export async function downloadParts(
  uri: string,
  path: string,
  bytes: number,
  getRange: (range: string) => Promise<Uint8Array>,
): Promise<void> {
  const file = await fileTask(uri, () => open(path, 'wx'));
  let next = 0;
  const downloadNextParts = async () => {
    while (next < bytes) {
      const start = next;
      next = Math.min(start + PART_BYTES, bytes);
      const length = next - start;
      const part = await getRange(`bytes=${start}-${start + length - 1}`);
      if (part.length !== length) throw wrongLength(uri, part.length, length);
      await fileTask(uri, () => writeAt(file, part, start));
    }
  };
  try {
    await Promise.all(Array.from({ length: PARTS_AT_ONCE }, downloadNextParts));
  } finally {
    // Where one part failed, the others are not asked for any more.
    next = bytes;
    await file.close();
  }
}

/** One call may write less than it was given, for example where the disk is nearly full. */
async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function fileTask<T>(uri: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw fileError(error, uri, 'download');
  }
}

function wrongLength(uri: string, found: number, needed: number): StoreUnavailableError {
  return new StoreUnavailableError(
    `cannot read ${uri}: found ${found} bytes where ${needed} were asked for; try again`,
  );
}
