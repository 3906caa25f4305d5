import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { STATES, stepFolder } from '../contracts/states.ts';
import { OTHER_ACCESS } from '../infra/step-access.ts';
import { bundleOptions, DOCKERFILE, handlerPath } from '../infra/step-bundle.ts';

/**
 * Makes what other CDK apps install, beside the command line in dist/: the construct (infra/index.js) and the bundle of
 * every function (functions/<name>/), for neither sources nor esbuild are installed with it; what scores rows with a
 * published model (model/index.js); and the types of both (types/). All of it in folders: the files beside them are the
 * command line's, which `npm pack` bundles last (the script `prepare`) and clears away before.
 *
 *   node scripts/build-package.ts [folder, from the root of the project; default: dist]
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = resolve(ROOT, process.argv[2] ?? 'dist');

/** Packages of their own, where they are installed: there must be but one CDK in an app. */
const EXTERNAL = ['aws-cdk-lib', 'constructs', 'zod'];

const prebuiltBundles: Plugin = {
  name: 'prebuilt-bundles',
  setup(bundle) {
    const module = join(ROOT, 'infra', 'prebuilt-bundle.ts');
    bundle.onResolve({ filter: /\/step-bundle\.ts$/ }, () => ({ path: module }));
  },
};

for (const folder of ['infra', 'functions', 'model', 'types'])
  rmSync(join(DIST, folder), { recursive: true, force: true });

await Promise.all([...Object.values(STATES), ...Object.keys(OTHER_ACCESS), 'Container'].map(bundleFunction));
copyFileSync(DOCKERFILE, join(DIST, 'functions', 'container', 'Dockerfile'));

await build({
  absWorkingDir: ROOT,
  entryPoints: ['infra/index.ts'],
  outfile: join(DIST, 'infra', 'index.js'),
  bundle: true,
  platform: 'node',
  target: 'node22.18',
  format: 'esm',
  external: EXTERNAL,
  plugins: [prebuiltBundles],
  keepNames: true,
  logLevel: 'warning',
});

// For those who score rows in a program of their own: nothing of the above, nor of AWS or DuckDB.
await build({
  absWorkingDir: ROOT,
  entryPoints: ['api/model.ts'],
  outfile: join(DIST, 'model', 'index.js'),
  bundle: true,
  platform: 'node',
  target: 'node22.18',
  format: 'esm',
  keepNames: true,
  logLevel: 'warning',
});

const typescript = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin', 'tsc');
const project = fileURLToPath(new URL('tsconfig.package.json', import.meta.url));
execFileSync(process.execPath, [typescript, '--project', project, '--outDir', join(DIST, 'types')], {
  stdio: 'inherit',
});

async function bundleFunction(name: string): Promise<void> {
  const folder = join(DIST, 'functions', stepFolder(name));
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = await build(bundleOptions(handlerPath(name)));
  for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
}
