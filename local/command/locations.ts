import { constants } from 'node:fs';
import { access, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { InvalidUriError } from '../../contracts/errors.ts';
import { PUBLISHED } from '../../contracts/layout.ts';
import { suggest } from '../../contracts/parse-request.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { fileUri, parseUri } from '../../contracts/uri.ts';
import { UsageError } from './usage-error.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The URI that an argument stands for: a URI as it is, else a path from `cwd`.
 *
 * @param name of the argument, for the message
 * @throws UsageError where it is a URI that no store knows
 */
export function locationUri(text: string, cwd: string, name: string): string {
  if (text === '') throw new UsageError(`${name}: found nothing, needed a path, s3://bucket/key or file:///path`);
  try {
    if (SCHEME.test(text)) parseUri(text);
    return SCHEME.test(text) ? text : fileUri(resolve(cwd, text));
  } catch (error) {
    if (error instanceof InvalidUriError) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}

/** How a location is called in messages: a path as short as it gets, or the URI of what is elsewhere. */
export function shownLocation(uri: string, cwd: string): string {
  const address = parseUri(uri);
  if (address.scheme !== 'file') return uri;
  const path = relative(cwd, address.key);
  return path.startsWith('..') || isAbsolute(path) ? address.key : path || '.';
}

/**
 * Looks at the files that a request names before anything starts: mistakes in paths are the most common, and are best
 * told at once. Objects in S3 are the store's to complain about.
 *
 * @throws UsageError
 */
export async function checkFiles(request: ResolvedRequest): Promise<void> {
  const input = parseUri(request.dataset.uri);
  const output = parseUri(request.output.uri);
  if (input.scheme === 'file') await requireReadableFile(input.key, 'input');
  if (output.scheme === 'file') await requireWritableFolder(output.key, '--out');
  if (input.scheme === 'file' && output.scheme === 'file') await requireApart(input.key, output.key, request);
}

/** @throws UsageError where there is no file at `path` that can be read */
export async function requireReadableFile(path: string, name: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) {
      throw new UsageError(`${name}: found a folder at ${path}, needed a file`);
    }
    await access(path, constants.R_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (hasCode(error, 'EACCES', 'EPERM')) throw new UsageError(`${name}: no permission to read ${path}`);
    throw new UsageError(`${name}: found no file ${path}${await advice(path)}`);
  }
}

async function advice(path: string): Promise<string> {
  const neighbours = await readdir(dirname(path)).catch(() => []);
  const meant = suggest(basename(path), neighbours);
  return meant ? `; did you mean ${join(dirname(path), meant)}?` : '';
}

/** Makes the folder where there is none. @throws UsageError where nothing can be written to it */
export async function requireWritableFolder(path: string, name: string): Promise<void> {
  try {
    await makeFolder(path);
    await access(path, constants.W_OK);
  } catch (error) {
    if (hasCode(error, 'EEXIST', 'ENOTDIR'))
      throw new UsageError(`${name}: ${path} is not a folder, or lies below a file`);
    throw new UsageError(`${name}: cannot write to ${path} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** As `mkdir` with `recursive`, which never returns where the file system answers ENOENT to everything (`/proc`). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return;
    if (!hasCode(error, 'ENOENT') || path === dirname(path)) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

async function requireApart(input: string, output: string, request: ResolvedRequest): Promise<void> {
  const [file, folder] = await Promise.all([realpath(input), realpath(output)]);
  const { train, test, manifest } = PUBLISHED;
  const { format } = request.output;
  const overwritten = [`${train}.${format}`, `${test}.${format}`, manifest].find((name) => join(folder, name) === file);
  if (overwritten) {
    throw new UsageError(`--out: the output ${overwritten} would overwrite the input ${input}; name another folder`);
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
