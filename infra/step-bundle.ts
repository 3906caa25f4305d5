import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { stepFolder } from '../contracts/states.ts';
import { copyBinding, NATIVE_BINDING, type TargetCpu } from './duckdb-binding.ts';

export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

const BINDING_LOADER = 'node_modules/@duckdb/node-bindings/duckdb.js';

/** CommonJS packages in the bundle ask for Node's own modules through `require`, which an ES module does not have. */
const REQUIRE_BANNER =
  "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);";

/** Of the image of the steps in containers, which holds one bundle: `Container`. */
export const DOCKERFILE = join(PROJECT_ROOT, 'infra', 'container', 'Dockerfile');

/** @param name of a state, or of another function's role: `TrainGenerator`, `StartRun` */
export function handlerPath(name: string): string {
  return join(bundleSource(name), name === 'Container' ? 'main.ts' : 'handler.ts');
}

/** The folder that a bundle is made of. */
export function bundleSource(name: string): string {
  return join(PROJECT_ROOT, 'functions', stepFolder(name));
}

/** `bundleStep` by name. An installed package has prebuilt-bundle.ts in place of this module, which copies. */
export function writeBundle(name: string, outputFolder: string, cpu: TargetCpu): void {
  bundleStep(handlerPath(name), outputFolder, cpu);
}

/**
 * Bundles a handler, and all it imports, into `<outputFolder>/index.mjs`, with DuckDB's binding for the function's
 * platform beside it where (and only where) the handler leads to DuckDB. Needs no Docker.
 *
 * @param entry the handler's source file
 * @param cpu of the functions, whatever this machine's is
 */
export function bundleStep(entry: string, outputFolder: string, cpu: TargetCpu): void {
  const { outputFiles, metafile } = buildSync(bundleOptions(entry));
  for (const { path, contents } of outputFiles) writeFileSync(join(outputFolder, basename(path)), contents);
  if (BINDING_LOADER in metafile.inputs) copyBinding(PROJECT_ROOT, outputFolder, cpu);
}

/** How a handler becomes `index.mjs` and its source map: the same bytes on every machine. */
export function bundleOptions(entry: string) {
  return {
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [entry],
    // Never written there: a fixed place, so that the bytes (and with them the asset's hash) are the same everywhere.
    outfile: join(PROJECT_ROOT, 'dist', 'index.mjs'),
    write: false as const,
    metafile: true as const,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The SDK comes along: the versions that the tests ran, not those of the day's Lambda runtime.
    external: [`${NATIVE_BINDING}*`],
    banner: { js: REQUIRE_BANNER },
    minify: true,
    // Errors are known by the names of their classes, to Retry and to people.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
  } satisfies BuildOptions;
}
