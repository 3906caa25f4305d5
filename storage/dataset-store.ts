/** Which version of an object, where the store keeps versions. */
export interface VersionOptions {
  /** default: the newest */
  readonly versionId?: string;
}

export interface WriteOptions {
  /**
   * That a step writes it for others of its run, which will not need it for long: a store that has tags gives it one, by
   * which it expires. Default: false.
   */
  readonly artifact?: boolean;
}

export interface ObjectDescription {
  /** size */
  readonly bytes: number;
  /** absent where the store keeps no versions */
  readonly versionId?: string;
}

export interface ObjectEntry {
  readonly uri: string;
  /** size */
  readonly bytes: number;
  /** tells one content of the object from another; absent where the store has none at hand */
  readonly etag?: string;
}

/** What became of a file that was made for it. */
export interface PublishedObject<T> {
  /** of the making */
  readonly result: T;
  /** of the object, to find it by when another has taken its place; absent where the store keeps no versions */
  readonly versionId?: string;
}

/** What a bucket can do beside, and a folder of files cannot. Its errors are those of `DatasetStore`. */
export interface UpdatingStore {
  /**
   * Writes what `change` makes of an object's bytes (none where there is no object), so that of concurrent changes none is
   * lost: `change` is called again where somebody else has written the object meanwhile.
   */
  update(uri: string, change: (bytes?: Uint8Array) => Uint8Array): Promise<void>;
}

/**
 * All that steps know of where data lies. Objects are named by URIs (contracts/uri.ts) and are whole or not there: no
 * reader ever sees one that is half-written, whatever happens to its writer.
 *
 * Every method throws the named errors of contracts/errors.ts, with the URI in the message: InvalidUriError,
 * ObjectNotFoundError, StoreAccessDeniedError, StoreUnavailableError (the only one worth another try), StoreRefusedError.
 */
export interface DatasetStore {
  describe(uri: string, options?: VersionOptions): Promise<ObjectDescription>;

  /** The bytes of an object. For what is large, or what another library reads from a file, see `withLocalFile`. */
  read(uri: string, options?: VersionOptions): Promise<Uint8Array>;

  /** Writes an object, over one that may be there. */
  write(uri: string, bytes: Uint8Array, options?: WriteOptions): Promise<void>;

  /** Writes an object where there is none. False where one exists; of any number of concurrent calls one gets true. */
  createIfAbsent(uri: string, bytes: Uint8Array): Promise<boolean>;

  /** Removes an object. One that is not there is fine. */
  remove(uri: string): Promise<void>;

  /**
   * Every object below a folder, however deep, in the order of the keys' UTF-8 bytes. A folder without any, or that was
   * never made, is empty.
   *
   * @param folder a URI; whether it ends with `/` does not matter, a folder is what it names
   */
  list(folder: string): AsyncIterable<ObjectEntry>;

  /**
   * Lends an object as a file of this computer to `use`, whose result it returns. The file has the object's name, is to
   * be read only, and is not to be used once `use` has ended. An object of the local file system is lent as it is.
   */
  withLocalFile<T>(uri: string, use: (path: string) => Promise<T>, options?: VersionOptions): Promise<T>;

  /**
   * Writes an object through a file of this computer: `produce` makes a file at the path that it is given, and once it
   * has ended well the file becomes the object. Where `produce` fails, nothing is written and its error is passed on.
   */
  publishLocalFile<T>(
    uri: string,
    produce: (path: string) => Promise<T>,
    options?: WriteOptions,
  ): Promise<PublishedObject<T>>;
}
