import { InvalidUriError } from './errors.ts';

/** A place in a store: `bucket` is undefined for local files, whose `key` is an absolute path. */
export interface Location {
  readonly scheme: 's3' | 'file';
  readonly bucket?: string;
  readonly key: string;
}

/**
 * Splits `s3://bucket/key` or `file:///path`. Keys of S3 are taken literally, as every S3 tool does; a file's URI is
 * percent-encoded, as every file URI is.
 *
 * @throws InvalidUriError
 */
export function parseUri(uri: string): Location {
  const s3 = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri);
  if (s3) return { scheme: 's3', bucket: s3[1], key: s3[2] };
  const file = /^file:\/\/(\/.*)$/s.exec(uri);
  if (file) return { scheme: 'file', key: decodePath(file[1], uri) };
  throw new InvalidUriError(`Found ${JSON.stringify(uri)}, needed s3://bucket/key or file:///absolute/path`);
}

/** The URI of a local file from its absolute path. */
export function fileUri(absolutePath: string): string {
  return `file://${absolutePath.split('/').map(encodeURIComponent).join('/')}`;
}

/** Appends path segments to a URI; `segments` are plain text and are encoded where the scheme needs it. */
export function joinUri(uri: string, ...segments: readonly string[]): string {
  const { scheme } = parseUri(uri);
  const encode = scheme === 'file' ? encodeURIComponent : (segment: string) => segment;
  const tail = segments.flatMap((segment) => segment.split('/')).map(encode);
  return [uri.replace(/\/+$/, ''), ...tail].join('/');
}

/** The last segment of a URI as plain text. */
export function fileName(uri: string): string {
  return parseUri(uri).key.split('/').at(-1) ?? '';
}

/** `adult` for `s3://bucket/incoming/adult.csv.gz`: what an output is called after its input. */
export function fileStem(uri: string): string {
  return fileName(uri).replace(/(?<=.)(\.(csv|tsv|txt|data|test|parquet|gz))+$/i, '');
}

function decodePath(path: string, uri: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new InvalidUriError(
      `Found ${JSON.stringify(uri)}, needed a file URI whose % signs are percent-encoded (%25)`,
    );
  }
}
