import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildResult, buildSync } from 'esbuild';
import { stepFolder } from '../contracts/states.ts';
import { bindingFolder, type TargetCpu } from './duckdb-binding.ts';

export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** DuckDB's native part: a package for each platform, which cannot be bundled and lies beside the bundle. */
const NATIVE_BINDINGS = '@duckdb/node-bindings-*';
const BINDING_LOADER = 'node_modules/@duckdb/node-bindings/duckdb.js';

/** CommonJS packages in the bundle ask for Node's own modules through `require`, which an ES module does not have. */
const REQUIRE_BANNER =
  "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);";

/** @param name of a state, or of another function's role: `TrainGenerator`, `StartRun` */
export function handlerPath(name: string): string {
  return join(PROJECT_ROOT, 'functions', stepFolder(name), 'handler.ts');
}

/**
 * Bundles a handler, and all it imports, into `<outputFolder>/index.mjs`, with DuckDB's binding for the function's
 * platform beside it where (and only where) the handler leads to DuckDB. Needs no Docker.
 *
 * @param entry the handler's source file
 * @param cpu of the functions, whatever this machine's is
 */
export function bundleStep(entry: string, outputFolder: string, cpu: TargetCpu): void {
  const { outputFiles, metafile } = build(entry);
  for (const { path, contents } of outputFiles) writeFileSync(join(outputFolder, basename(path)), contents);
  if (BINDING_LOADER in metafile.inputs) {
    const binding = bindingFolder(PROJECT_ROOT, cpu);
    const target = join(outputFolder, 'node_modules', '@duckdb', basename(binding));
    mkdirSync(target, { recursive: true });
    cpSync(binding, target, { recursive: true });
  }
}

function build(entry: string): BuildResult<{ write: false; metafile: true }> {
  return buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [entry],
    // Never written there: a fixed place, so that the bytes (and with them the asset's hash) are the same everywhere.
    outfile: join(PROJECT_ROOT, 'dist', 'index.mjs'),
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The SDK comes along: the versions that the tests ran, not those of the day's Lambda runtime.
    external: [NATIVE_BINDINGS],
    banner: { js: REQUIRE_BANNER },
    minify: true,
    // Errors are known by the names of their classes, to Retry and to people.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
  });
}
