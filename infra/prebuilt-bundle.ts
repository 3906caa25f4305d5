import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepFolder } from '../contracts/states.ts';
import { copyBinding, NATIVE_BINDING, type TargetCpu } from './duckdb-binding.ts';

/**
 * What step-bundle.ts is in the project, in the installed package: there the bundles are made already (by
 * scripts/build-package.ts, which puts this module in the other's place), as neither sources nor esbuild are installed.
 */
const BUNDLES = fileURLToPath(new URL('../functions/', import.meta.url));

export const DOCKERFILE = join(BUNDLES, 'container', 'Dockerfile');

/** The folder that a bundle comes from. @param name of a state, or of another function's role */
export function bundleSource(name: string): string {
  return join(BUNDLES, stepFolder(name));
}

/** Copies a bundle into `outputFolder`, with DuckDB's binding for the function's platform where it leads to DuckDB. */
export function writeBundle(name: string, outputFolder: string, cpu: TargetCpu): void {
  for (const file of ['index.mjs', 'index.mjs.map']) cpSync(join(bundleSource(name), file), join(outputFolder, file));
  if (readFileSync(join(outputFolder, 'index.mjs'), 'utf8').includes(NATIVE_BINDING)) {
    copyBinding(BUNDLES, outputFolder, cpu);
  }
}
