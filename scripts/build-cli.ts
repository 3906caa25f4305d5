import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { UNUSED_IMPORTS } from '../local/run/skip-unused-imports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = resolve(ROOT, process.argv[2] ?? 'dist');

/** Native parts, and what is loaded only by those who use S3: they stay packages of their own. */
const EXTERNAL = ['@duckdb/node-api', '@aws-sdk/client-s3', '@aws-sdk/client-sfn', '@aws-sdk/lib-storage'];

/** CommonJS packages in the bundle ask for Node's own modules through `require`, which an ES module does not have. */
const REQUIRE =
  "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);";

const unusedByLocalRuns: Plugin = {
  name: 'unused-by-local-runs',
  setup(bundle) {
    bundle.onResolve({ filter: UNUSED_IMPORTS }, () => ({ path: join(ROOT, 'local', 'run', 'unused-import-stub.ts') }));
  },
};

/** zod carries its messages in fifty languages; requests are checked in one. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * Bundles the command line into dist/: counterpoise.js (the `bin`), its workers, and what they share. Installed
 * packages are below node_modules, where Node does not strip types, so that they cannot run from the sources.
 *
 *   node scripts/build-cli.ts [folder, from the root of the project; default: dist]
 */
// Chunks of an earlier build go; folders in it are of build-package.ts.
if (DIST === join(ROOT, 'dist') && existsSync(DIST)) {
  const entries = readdirSync(DIST, { withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) rmSync(join(DIST, entry.name));
}
await build({
  absWorkingDir: ROOT,
  entryPoints: {
    counterpoise: 'local/main.ts',
    'step-worker': 'local/workers/step-worker.ts',
    'fold-thread': 'local/workers/fold-thread.ts',
  },
  outdir: DIST,
  // Flat: modules find the workers beside them, and the sample beside their folder, as they do in the sources.
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node22.18',
  format: 'esm',
  mainFields: ['module', 'main'],
  external: EXTERNAL,
  plugins: [unusedByLocalRuns, oneLanguage],
  banner: { js: REQUIRE },
  // Errors are known by the names of their classes, to Retry and to people.
  keepNames: true,
  logLevel: 'warning',
});
chmodSync(join(DIST, 'counterpoise.js'), 0o755);
