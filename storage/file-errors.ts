import {
  InvalidUriError,
  ObjectNotFoundError,
  StoreAccessDeniedError,
  StoreRefusedError,
  StoreUnavailableError,
} from '../contracts/errors.ts';

type NamedError = new (message: string, options: ErrorOptions) => Error;

/** What each error code of the file system means for the one who asked. `man 3 errno` has the codes. */
const MEANINGS: Readonly<Record<string, readonly [NamedError, string]>> = {
  ENOENT: [ObjectNotFoundError, 'found no such file; check the spelling'],
  EISDIR: [InvalidUriError, 'found a folder; name a file'],
  ENOTDIR: [InvalidUriError, 'found a file where its path needs a folder; choose another path'],
  EEXIST: [InvalidUriError, 'found a file where its path needs a folder; choose another path'],
  ENOTEMPTY: [InvalidUriError, 'found a folder; name a file'],
  ENAMETOOLONG: [InvalidUriError, 'found a name longer than the file system takes; shorten it'],
  EINVAL: [InvalidUriError, 'found a name that the file system does not take; choose another one'],
  EACCES: [StoreAccessDeniedError, 'found no permission; change that of the file and its folders, or the user'],
  EPERM: [StoreAccessDeniedError, 'found that the file system does not permit this; change permissions, or the place'],
  EROFS: [StoreAccessDeniedError, 'found a read-only file system; choose a place that can be written to'],
  ENOSPC: [StoreRefusedError, 'found no space left on the disk; free some, or choose another disk'],
  EDQUOT: [StoreRefusedError, 'found the disk quota used up; free some space, or choose another disk'],
  EFBIG: [StoreRefusedError, 'found a file larger than the file system takes; choose another disk'],
  ERR_FS_FILE_TOO_LARGE: [StoreRefusedError, 'found more than the 2 GiB that fit into one read; use it as a file'],
};

/**
 * The named error for an error of the file system; others (faults of the code) are passed on as they are. Codes that are
 * not in the table (EIO, EMFILE, EBUSY, ESTALE, …) are passing faults of the machine or the network.
 *
 * @param doing what was tried, as in "read" or "write"
 */
export function fileError(error: unknown, uri: string, doing: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (!('syscall' in error) && !(error.code in MEANINGS)) return error;
  const [Named, found] = MEANINGS[error.code] ?? [StoreUnavailableError, 'found a passing fault; try again'];
  return new Named(`cannot ${doing} ${uri}: ${found} (${error.code})`, { cause: error });
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code as string);
}
