import { parseUri } from '../contracts/uri.ts';
import type {
  DatasetStore,
  ObjectDescription,
  ObjectEntry,
  PublishedObject,
  VersionOptions,
  WriteOptions,
} from './dataset-store.ts';
import type { S3StoreOptions } from './s3-store.ts';

export interface StoreOptions {
  readonly s3?: S3StoreOptions;
}

/**
 * One store for URIs of every scheme. Each adapter is loaded when the first of its URIs comes by, so that a run on local
 * files never pays for loading the AWS SDK.
 */
export function openStore(options: StoreOptions = {}): DatasetStore {
  return new RoutingStore({
    file: once(async () => new (await import('./directory-store.ts')).DirectoryStore()),
    s3: once(async () => new (await import('./s3-store.ts')).S3Store(options.s3)),
  });
}

type Adapters = Readonly<Record<'file' | 's3', () => Promise<DatasetStore>>>;

class RoutingStore implements DatasetStore {
  readonly #adapters: Adapters;

  constructor(adapters: Adapters) {
    this.#adapters = adapters;
  }

  async describe(uri: string, options?: VersionOptions): Promise<ObjectDescription> {
    return (await this.#adapter(uri)).describe(uri, options);
  }

  async read(uri: string, options?: VersionOptions): Promise<Uint8Array> {
    return (await this.#adapter(uri)).read(uri, options);
  }

  async write(uri: string, bytes: Uint8Array, options?: WriteOptions): Promise<void> {
    return (await this.#adapter(uri)).write(uri, bytes, options);
  }

  async createIfAbsent(uri: string, bytes: Uint8Array): Promise<boolean> {
    return (await this.#adapter(uri)).createIfAbsent(uri, bytes);
  }

  async remove(uri: string): Promise<void> {
    return (await this.#adapter(uri)).remove(uri);
  }

  async *list(folder: string): AsyncGenerator<ObjectEntry> {
    yield* (await this.#adapter(folder)).list(folder);
  }

  async withLocalFile<T>(uri: string, use: (path: string) => Promise<T>, options?: VersionOptions): Promise<T> {
    return (await this.#adapter(uri)).withLocalFile(uri, use, options);
  }

  async publishLocalFile<T>(
    uri: string,
    produce: (path: string) => Promise<T>,
    options?: WriteOptions,
  ): Promise<PublishedObject<T>> {
    return (await this.#adapter(uri)).publishLocalFile(uri, produce, options);
  }

  async #adapter(uri: string): Promise<DatasetStore> {
    return this.#adapters[parseUri(uri).scheme]();
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
