import { InvalidUriError } from './errors.ts';

/** A place in a store. The `key` is plain text: that of an object of S3, or the absolute path of a local file. */
export type Location =
  | { readonly scheme: 's3'; readonly bucket: string; readonly key: string }
  | { readonly scheme: 'file'; readonly bucket?: undefined; readonly key: string };

const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

/**
 * Splits `s3://bucket/key` or `file:///path`; a key that ends with `/`, or is empty, is a folder. Keys of S3 are taken
 * literally, as every S3 tool does; a file's URI is percent-encoded, as every file URI is.
 *
 * @throws InvalidUriError where it is neither, or where a segment is empty, `.` or `..`: what is one object in S3 would be
 *   another file in a directory, or lead out of it
 */
export function parseUri(uri: string): Location {
  const s3 = /^s3:\/\/([^/]*)(?:\/(.*))?$/s.exec(uri);
  if (s3) return { scheme: 's3', bucket: checkBucket(s3[1], uri), key: checkKey(s3[2] ?? '', uri) };
  const file = /^file:\/\/\/(.*)$/s.exec(uri);
  if (file) return { scheme: 'file', key: `/${checkKey(decode(file[1], uri), uri)}` };
  throw new InvalidUriError(`Found ${JSON.stringify(uri)}, needed s3://bucket/key or file:///absolute/path`);
}

/** As `parseUri`, for URIs that name one object. @throws InvalidUriError also where the URI names a folder or a bucket */
export function parseObjectUri(uri: string): Location {
  const location = parseUri(uri);
  if (location.key === '' || location.key.endsWith('/')) {
    throw new InvalidUriError(
      `Found ${JSON.stringify(uri)}, a folder, needed the URI of one object, with no / at its end`,
    );
  }
  return location;
}

/** The URI of a local file from its absolute path. @throws InvalidUriError where the path is relative or not normal */
export function fileUri(absolutePath: string): string {
  if (!absolutePath.startsWith('/')) {
    throw new InvalidUriError(`Found ${JSON.stringify(absolutePath)}, a relative path, needed an absolute one`);
  }
  const key = checkKey(absolutePath.slice(1), absolutePath);
  return `file:///${key.split('/').map(encodeURIComponent).join('/')}`;
}

/** The URI of an object, or folder, of S3 from its plain key. @throws InvalidUriError where the key has an odd segment */
function s3Uri(bucket: string, key: string): string {
  const uri = `s3://${bucket}/${key}`;
  parseUri(uri);
  return uri;
}

/**
 * Appends path segments to the URI of a folder, with or without `/` at its end; `segments` are plain text and are encoded
 * where the scheme needs it. A segment may have slashes of its own; one at the very end makes the result a folder.
 *
 * @throws InvalidUriError where the result is no URI; in particular, no segment leads out of the folder
 */
export function joinUri(uri: string, ...segments: readonly string[]): string {
  const { scheme, bucket, key } = parseUri(uri);
  const joined = [key.replace(/\/$/, ''), ...segments].join('/');
  if (scheme === 'file') return fileUri(joined);
  return s3Uri(bucket, key === '' ? segments.join('/') : joined);
}

/** The folder that holds `uri`, with `/` at its end. A bucket, and the root of the local files, hold themselves. */
export function parentUri(uri: string): string {
  const { scheme, bucket, key } = parseUri(uri);
  const folder = key.slice(0, key.replace(/\/$/, '').lastIndexOf('/') + 1);
  return scheme === 'file' ? fileUri(folder || '/') : s3Uri(bucket, folder);
}

/** The last segment of a URI as plain text, also of a folder's. A bucket has the name ''. */
export function fileName(uri: string): string {
  return parseUri(uri).key.replace(/\/$/, '').split('/').at(-1) ?? '';
}

/** `adult` for `s3://bucket/incoming/adult.csv.gz`: what an output is called after its input. */
export function fileStem(uri: string): string {
  return fileName(uri).replace(/(?<=.)(\.(csv|tsv|txt|data|test|parquet|gz))+$/i, '');
}

function checkBucket(bucket: string, uri: string): string {
  if (BUCKET_NAME.test(bucket)) return bucket;
  throw new InvalidUriError(
    `Found ${JSON.stringify(uri)} with the bucket "${bucket}", needed 3 to 255 letters, digits, dots, hyphens or underscores`,
  );
}

function checkKey(key: string, uri: string): string {
  if (!key.isWellFormed() || key.includes('\0')) {
    throw new InvalidUriError(
      `Found ${JSON.stringify(uri)} with NUL or half a surrogate pair, needed whole characters`,
    );
  }
  const segments = key.split('/');
  const odd = segments.find((segment, i) => /^\.{1,2}$/.test(segment) || (segment === '' && i < segments.length - 1));
  if (odd === undefined) return key;
  throw new InvalidUriError(`Found ${JSON.stringify(uri)} with the segment "${odd}", needed names between the slashes`);
}

function decode(path: string, uri: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new InvalidUriError(
      `Found ${JSON.stringify(uri)}, needed a file URI whose % signs are percent-encoded (%25)`,
    );
  }
}
