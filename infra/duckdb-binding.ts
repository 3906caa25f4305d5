import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Lambda's two kinds of processor, as npm calls them. */
export type TargetCpu = 'x64' | 'arm64';

/** Puts an npm package, and what it needs on Linux with this processor, into `<folder>/node_modules`. */
export type InstallPackage = (folder: string, specifier: string, cpu: TargetCpu) => void;

/** Functions for another processor than this machine's were asked for, and DuckDB's part for it could not be had. */
export class BindingUnavailableError extends Error {
  override readonly name = 'BindingUnavailableError';
}

const LOADER = '@duckdb/node-bindings';

/** What a bundle says that leads to DuckDB: its native part is a package for each platform, which cannot be bundled. */
export const NATIVE_BINDING = `${LOADER}-`;

/** Puts DuckDB's binding beside a bundle, where the bundle finds it. @param from a folder of ours, in the project or installed */
export function copyBinding(from: string, outputFolder: string, cpu: TargetCpu, find = bindingFolder): void {
  const binding = find(from, cpu);
  const target = join(outputFolder, 'node_modules', '@duckdb', basename(binding));
  mkdirSync(target, { recursive: true });
  cpSync(binding, target, { recursive: true });
}

/**
 * The folder of the npm package with DuckDB's native binding for Lambda (Linux, glibc) on `cpu`: the installed one where
 * this machine is of that kind, otherwise fetched once, in the version that is installed here, and kept in
 * node_modules/.cache.
 *
 * @param from a folder from which Node finds DuckDB
 * @throws BindingUnavailableError where npm does not come by it
 */
export function bindingFolder(from: string, cpu: TargetCpu, install: InstallPackage = npmInstall): string {
  const binding = `${LOADER}-linux-${cpu}`;
  // As Node finds it, wherever the package manager puts what a package depends on.
  const api = createRequire(join(from, 'index.js')).resolve('@duckdb/node-api');
  const loader = createRequire(api).resolve(`${LOADER}/package.json`);
  const installed = installedFolder(loader, binding);
  if (installed) return installed;

  const { version } = JSON.parse(readFileSync(loader, 'utf8'));
  const modules = join(dirname(loader), '..', '..');
  const cache = join(modules, '.cache', 'counterpoise', version);
  const cached = join(cache, `node-bindings-linux-${cpu}`);
  if (existsSync(cached)) return cached;

  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'install-'));
  try {
    fetchBinding(folder, `${LOADER}@${version}`, cpu, install);
    renameInto(join(folder, 'node_modules', binding), cached);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return cached;
}

function installedFolder(loader: string, binding: string): string | undefined {
  try {
    return dirname(createRequire(loader).resolve(`${binding}/package.json`));
  } catch {
    return undefined;
  }
}

/** The bindings are optional dependencies of their loader: npm takes the one that fits, or, without a word, none. */
function fetchBinding(folder: string, loader: string, cpu: TargetCpu, install: InstallPackage): void {
  const binding = `${LOADER}-linux-${cpu}`;
  let cause: unknown;
  try {
    install(folder, loader, cpu);
  } catch (error) {
    cause = error;
  }
  if (existsSync(join(folder, 'node_modules', binding))) return;
  throw new BindingUnavailableError(
    `functions for ${cpu} need ${binding}, which is not in node_modules, and npm did not get it with ${loader}. ` +
      'Synthesize where the npm registry can be reached and has it, or choose the architecture of this machine ' +
      '(-c architecture=x86_64 or arm64)',
    cause === undefined ? {} : { cause },
  );
}

/** All at once, so that nobody finds half of it; where another process was faster, its copy is as good. */
function renameInto(fetched: string, cached: string): void {
  try {
    renameSync(fetched, cached);
  } catch (error) {
    if (!existsSync(cached)) throw error;
  }
}

function npmInstall(folder: string, specifier: string, cpu: TargetCpu): void {
  const platform = ['--os=linux', `--cpu=${cpu}`, '--libc=glibc'];
  const nothingElse = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', specifier, '--prefix', folder, ...platform, ...nothingElse], {
    cwd: folder,
    // Anything on stdout would end up in what `cdk synth` prints there.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
