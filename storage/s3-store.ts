import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { InvalidUriError } from '../contracts/errors.ts';
import { RUN_ARTIFACT_TAG } from '../contracts/layout.ts';
import { fileName, type Location, parseObjectUri, parseUri } from '../contracts/uri.ts';
import { InvalidArgumentError } from '../core/errors.ts';
import type {
  DatasetStore,
  ObjectDescription,
  ObjectEntry,
  PublishedObject,
  UpdatingStore,
  VersionOptions,
  WriteOptions,
} from './dataset-store.ts';
import { fileError, hasCode } from './file-errors.ts';
import { retry } from './retry.ts';
import { readBody } from './s3-body.ts';
import { attemptsOf, isBrokenBody, s3Error, statusOf } from './s3-errors.ts';
import { downloadParts, type ObjectAddress, upload } from './s3-transfer.ts';
import { updateObject } from './s3-update.ts';

export interface S3StoreOptions {
  /** default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else AWS itself */
  readonly endpoint?: string;
  /** default: as the SDK finds it (`AWS_REGION`, the profile) */
  readonly region?: string;
  /** default: as the SDK finds them (environment, profile, the role of the Lambda) */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Five attempts a request. Waits between them are drawn from [0, w], where w doubles each time: after a fault of network
 * or server from 50 ms (at most 50 + 100 + 200 + 400 ms = 0.75 s), after throttling from 1 s (at most 1 + 2 + 4 + 8 s
 * = 15 s). What fails then is StoreUnavailableError, and the state machine waits longer.
 */
const MAX_ATTEMPTS = 5;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Without a byte on the line, in either direction. */
const SILENCE_TIMEOUT_MS = 30_000;

/** Names, in an object's metadata, the call that created it. */
const CREATOR = 'counterpoise-creator';

/** Objects in S3, or what speaks its protocol, named by `s3://bucket/key`. */
export class S3Store implements DatasetStore, UpdatingStore {
  readonly #client: S3Client;

  constructor(options: S3StoreOptions = {}) {
    this.#client = new S3Client(clientConfig(options));
  }

  async describe(uri: string, options: VersionOptions = {}): Promise<ObjectDescription> {
    const { ContentLength = 0, VersionId } = await this.#head(uri, options);
    return VersionId === undefined ? { bytes: ContentLength } : { bytes: ContentLength, versionId: VersionId };
  }

  async read(uri: string, options: VersionOptions = {}): Promise<Uint8Array> {
    return this.#get(uri, { ...objectAddress(uri), ...version(options) });
  }

  async write(uri: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<void> {
    const address = newObject(uri, options);
    await attempt(uri, 'write', () => upload(this.#client, address, bytes, bytes.length));
  }

  async createIfAbsent(uri: string, bytes: Uint8Array): Promise<boolean> {
    const address = objectAddress(uri);
    const creator = randomUUID();
    const command = { ...address, Body: bytes, IfNoneMatch: '*', Metadata: { [CREATOR]: creator } };
    // 409: another conditional write of the same key was under way. S3 asks to try again, then it is a clear yes or no.
    return attempt(uri, 'write', () =>
      retry(
        (error) => statusOf(error) === 409,
        async () => {
          try {
            await this.#client.send(new PutObjectCommand(command));
            return true;
          } catch (error) {
            if (statusOf(error) !== 412) throw error;
            // Where an answer was lost and the request sent again, what exists may be what this very call created.
            return attemptsOf(error) > 1 && (await this.#head(uri, {})).Metadata?.[CREATOR] === creator;
          }
        },
      ),
    );
  }

  async update(uri: string, change: (bytes?: Uint8Array) => Uint8Array): Promise<void> {
    const address = objectAddress(uri);
    await attempt(uri, 'write', () => updateObject(this.#client, uri, address, change));
  }

  async remove(uri: string): Promise<void> {
    const address = objectAddress(uri);
    await attempt(uri, 'remove', () => this.#client.send(new DeleteObjectCommand(address)));
  }

  async *list(folder: string): AsyncGenerator<ObjectEntry> {
    const { Bucket, Key } = s3Address(folder, parseUri(folder));
    const Prefix = Key === '' || Key.endsWith('/') ? Key : `${Key}/`;
    try {
      for await (const page of paginateListObjectsV2({ client: this.#client }, { Bucket, Prefix })) {
        for (const { Key: key, Size: bytes = 0, ETag: etag } of page.Contents ?? []) {
          // The console makes empty objects whose key ends with a slash, to show folders; they are no data.
          if (key === undefined || key.endsWith('/')) continue;
          yield { uri: `s3://${Bucket}/${key}`, bytes, ...(etag ? { etag } : {}) };
        }
      }
    } catch (error) {
      throw s3Error(error, folder, 'list');
    }
  }

  async withLocalFile<T>(uri: string, use: (path: string) => Promise<T>, options: VersionOptions = {}): Promise<T> {
    objectAddress(uri);
    return withTemporaryFolder(uri, async (folder) => {
      const path = join(folder, fileName(uri));
      await this.#download(uri, path, options);
      return use(path);
    });
  }

  async publishLocalFile<T>(
    uri: string,
    produce: (path: string) => Promise<T>,
    options: WriteOptions = {},
  ): Promise<PublishedObject<T>> {
    const address = newObject(uri, options);
    return withTemporaryFolder(uri, async (folder) => {
      const path = join(folder, fileName(uri));
      const result = await produce(path);
      const { size } = await stat(path).catch((error) => {
        if (!hasCode(error, 'ENOENT')) throw fileError(error, uri, 'write');
        throw new InvalidArgumentError(`publishing ${uri}: found no file at the path that was given to be written`);
      });
      const { VersionId: versionId } = await attempt(uri, 'write', () =>
        upload(this.#client, address, createReadStream(path), size),
      );
      return versionId === undefined ? { result } : { result, versionId };
    });
  }

  /** A HEAD answer has no body, so its errors do not say what is wrong: a GET of one byte is asked to explain them. */
  async #head(uri: string, options: VersionOptions): Promise<HeadObjectCommandOutput> {
    const address = { ...objectAddress(uri), ...version(options) };
    return attempt(uri, 'read', async () => {
      try {
        return await this.#client.send(new HeadObjectCommand(address));
      } catch (error) {
        const status = statusOf(error) ?? 0;
        if (status < 400 || status >= 500) throw error;
        const answer = await this.#client.send(new GetObjectCommand({ ...address, Range: 'bytes=0-0' }));
        (answer.Body as Readable).destroy();
        throw error;
      }
    });
  }

  async #get(uri: string, request: GetObjectCommand['input']): Promise<Uint8Array> {
    return attempt(uri, 'read', () =>
      retry(isBrokenBody, async () => readBody(uri, await this.#client.send(new GetObjectCommand(request)))),
    );
  }

  /** Every part is asked for with the ETag of the first look, so that all are of one object, even if it is overwritten. */
  async #download(uri: string, path: string, options: VersionOptions): Promise<void> {
    const { ContentLength: bytes = 0, ETag } = await this.#head(uri, options);
    const request = { ...objectAddress(uri), ...version(options), IfMatch: ETag };
    await downloadParts(uri, path, bytes, (Range) => this.#get(uri, { ...request, Range }));
  }
}

function clientConfig(options: S3StoreOptions): S3ClientConfig {
  const endpoint = options.endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return {
    // A server that is not AWS has no host name for each bucket.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(options.region ? { region: options.region } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
    followRegionRedirects: true,
    retryMode: 'standard',
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
  };
}

function objectAddress(uri: string): ObjectAddress {
  return s3Address(uri, parseObjectUri(uri));
}

/** An object that is about to be written. What a run will not need for long is tagged, for a lifecycle rule. */
function newObject(uri: string, { artifact }: WriteOptions): ObjectAddress & { Tagging?: string } {
  const address = objectAddress(uri);
  const { key, value } = RUN_ARTIFACT_TAG;
  return artifact ? { ...address, Tagging: `${key}=${value}` } : address;
}

function s3Address(uri: string, location: Location): ObjectAddress {
  if (location.scheme === 's3') return { Bucket: location.bucket, Key: location.key };
  throw new InvalidUriError(`${uri}: found a URI of a file, needed s3://bucket/key for S3`);
}

function version({ versionId }: VersionOptions): { VersionId?: string } {
  return versionId === undefined ? {} : { VersionId: versionId };
}

async function attempt<T>(uri: string, doing: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw s3Error(error, uri, doing);
  }
}

/** A folder that is gone when `use` has ended, however it ended. */
async function withTemporaryFolder<T>(uri: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpoise-')).catch((error) => {
    throw fileError(error, uri, 'make a temporary folder for');
  });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
