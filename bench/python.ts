import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progress } from './progress.ts';

/** A Python whose environment holds exactly what requirements.txt pins. */
export interface Python {
  readonly executable: string;
  /** for a caption: `Python 3.13.1, numpy 2.4.6, …` */
  readonly versions: string;
}

/** There is no Python to measure against; the message says why. */
export class PythonUnavailableError extends Error {}

const MINIMUM = [3, 11] as const;
const project = fileURLToPath(new URL('..', import.meta.url));
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const environment = join(project, '.venv', 'bench');
const executable = join(environment, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

/**
 * Makes the virtual environment .venv/bench, or takes the one that is there if it was made from the same requirements.
 *
 * @throws PythonUnavailableError where there is no Python of at least 3.11, or its environment cannot be made
 */
export function preparePython(): Python {
  const stamp = join(environment, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    const base = findPython();
    progress('making the Python environment .venv/bench');
    rmSync(environment, { recursive: true, force: true });
    mustRun(base, ['-m', 'venv', environment], 'making a virtual environment');
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
    mustRun(executable, install, 'installing bench/requirements.txt');
    writeFileSync(stamp, wanted);
  }
  return { executable, versions: describeVersions() };
}

function findPython(): string {
  const candidates = [process.env.PYTHON, 'python3', 'python'].filter((name) => name !== undefined);
  const found: string[] = [];
  for (const candidate of candidates) {
    const { stdout, status } = run(candidate, ['-c', 'import sys; print(*sys.version_info[:3])']);
    if (status !== 0) continue;
    const [major, minor] = stdout.trim().split(' ').map(Number);
    if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return candidate;
    found.push(`${candidate} is ${major}.${minor}`);
  }
  const seen = found.length > 0 ? found.join(', ') : `no ${candidates.join(' and no ')}`;
  throw new PythonUnavailableError(
    `found ${seen}; needed Python ${MINIMUM.join('.')} or newer on the PATH, or named by the variable PYTHON`,
  );
}

function describeVersions(): string {
  const script = `
import platform, numpy, pandas, sklearn
print(f"Python {platform.python_version()}, numpy {numpy.__version__}, pandas {pandas.__version__}, scikit-learn {sklearn.__version__}")`;
  return mustRun(executable, ['-c', script], 'importing what bench/requirements.txt lists').trim();
}

function mustRun(command: string, args: readonly string[], what: string): string {
  const { status, stdout, stderr, error } = run(command, args);
  if (status === 0) return stdout;
  throw new PythonUnavailableError(`${what} failed: ${(error?.message ?? stderr).trim().split('\n').at(-1)}`);
}

function run(command: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
}
