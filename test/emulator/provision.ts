import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const NEEDED = [3, 10] as const;

/** `python` of a virtual environment that holds the emulator, or why there is none. */
export type Provisioned = { readonly python: string } | { readonly missing: string };

/**
 * Makes the virtual environment at its first call, in a few seconds, and finds it again at later ones. Its name is made of
 * the requirements and the Python version, so a change of either makes a new one.
 *
 * It is built under another name and renamed when it is whole: where several test runs race, one of them wins and the
 * others use what it built; where one is killed, nothing half-built is taken for it. (Console scripts do not survive the
 * renaming, as they hold their path; `python -m` does.)
 */
export async function provisionEmulator(): Promise<Provisioned> {
  const found = await findPython();
  if ('missing' in found) return found;
  const folder = join(PROJECT, '.venv', `emulator-${await fingerprint(found.version)}`);
  const python = join(folder, 'bin', 'python');
  if (await exists(python)) return { python };

  const building = `${folder}.building-${randomUUID()}`;
  try {
    await mkdir(join(PROJECT, '.venv'), { recursive: true });
    await build(found.python, building);
    await rename(building, folder).catch(async (error) => {
      if (!(await exists(python))) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return { python };
}

async function build(python: string, folder: string): Promise<void> {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
  try {
    await run(python, ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'python'), pip);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`cannot install the AWS emulator of the tests with ${python}:\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}

async function findPython(): Promise<{ python: string; version: string } | { missing: string }> {
  const needed = `needed Python ${NEEDED.join('.')} or later as python3 in the PATH`;
  try {
    const script = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
    const version = (await run('python3', ['-c', script])).stdout.trim();
    const [major, minor] = version.split('.').map(Number);
    if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return { python: 'python3', version };
    return { missing: `found Python ${version}, ${needed}` };
  } catch {
    return { missing: `found no python3 that runs, ${needed}` };
  }
}

async function fingerprint(version: string): Promise<string> {
  const requirements = await readFile(REQUIREMENTS, 'utf8');
  return createHash('sha256').update(`${version}\n${requirements}`).digest('hex').slice(0, 12);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
