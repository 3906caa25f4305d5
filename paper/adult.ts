import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { NamedError } from '../core/errors.ts';
import { fingerprint } from '../storage/fingerprint.ts';

/** The table of the experiments is not to be had: no such file, other bytes than the source's, or no way to fetch them. */
export class AdultUnavailableError extends NamedError {}

/** The 14 attributes and the label of UCI Adult (Becker & Kohavi 1996, CC BY 4.0), whose files have no header. */
export const ADULT_COLUMNS = [
  'age',
  'workclass',
  'fnlwgt',
  'education',
  'education-num',
  'marital-status',
  'occupation',
  'relationship',
  'race',
  'sex',
  'capital-gain',
  'capital-loss',
  'hours-per-week',
  'native-country',
  'income',
];
export const ADULT_TARGET = { column: 'income', minority: '>50K' };

export const ADULT_URL = 'https://archive.ics.uci.edu/ml/machine-learning-databases/adult/adult.data';
export const ADULT_SHA256 = '5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d';

/** Where the file is looked for before it is fetched. */
const NEIGHBOUR = fileURLToPath(new URL('../../shared/data/adult.data', import.meta.url));

/** What differs between this computer and a test's. */
export interface AdultSource {
  readonly neighbour: string;
  readonly cacheFolder: string;
  readonly sha256: string;
  readonly fetch: typeof fetch;
}

export function adultSource(env: NodeJS.ProcessEnv): AdultSource {
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return { neighbour: NEIGHBOUR, cacheFolder: join(cache, 'counterpoise'), sha256: ADULT_SHA256, fetch };
}

/**
 * The path of adult.data, its bytes verified: the file asked for, else the one beside the project, else the one of the cache,
 * else fetched into the cache.
 *
 * @throws AdultUnavailableError
 */
export async function locateAdult(asked: string | undefined, source: AdultSource): Promise<string> {
  if (asked !== undefined) return requireBytes(asked, source, 'Name the unchanged adult.data, or leave --data out.');
  if (existsSync(source.neighbour)) {
    return requireBytes(source.neighbour, source, 'Name the unchanged adult.data with --data.');
  }
  const cached = join(source.cacheFolder, 'adult.data');
  if (existsSync(cached)) return requireBytes(cached, source, 'Delete that file: it is then fetched again.');
  await fetchAdult(cached, source);
  return cached;
}

async function requireBytes(path: string, { sha256: needed }: AdultSource, advice: string): Promise<string> {
  if (!existsSync(path)) throw new AdultUnavailableError(`${path}: found no such file. ${advice}`);
  const { sha256, bytes } = await fingerprint(path);
  if (sha256 === needed) return path;
  throw new AdultUnavailableError(
    `${path}: found ${bytes} bytes with SHA-256 ${sha256}, needed UCI Adult's adult.data with SHA-256 ${needed}. ${advice}`,
  );
}

/** Nothing that has not been verified ever carries the name under which it is looked for. */
async function fetchAdult(path: string, source: AdultSource): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await mkdir(source.cacheFolder, { recursive: true });
  try {
    await download(partial, source);
    await requireBytes(partial, source, 'The archive serves another file than it did: name one with --data.');
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function download(path: string, source: AdultSource): Promise<void> {
  try {
    const response = await source.fetch(ADULT_URL);
    if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  } catch (thrown) {
    const { message, cause } = thrown as Error;
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
    throw new AdultUnavailableError(
      `${ADULT_URL} cannot be fetched (${reason}). Fetch adult.data where there is a network and name it with --data <path>.`,
    );
  }
}
