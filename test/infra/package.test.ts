import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATES } from '../../contracts/states.ts';
import { bundleStep, handlerPath } from '../../infra/step-bundle.ts';
import type { Resource } from './synthesize.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** DuckDB's binding for Linux is only there on Linux; elsewhere it would be fetched. */
const bundlesHere = process.platform === 'linux';
const architecture = process.arch === 'arm64' ? 'ARM_64' : 'X86_64';
if (!bundlesHere)
  console.warn('functions are bundled for Linux, so the packed construct is not synthesized on this machine');

/** As in somebody else's project: TypeScript that Node runs as it is, with the names and types that the package gives. */
const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { DatasetRebalancer, type DatasetRebalancerProps, EVENT_TYPES } from 'counterpoise';
import { loadModel, scoreRows, tableFromRecords } from 'counterpoise/model';

const props: DatasetRebalancerProps = {
  architecture: Architecture.${architecture},
  compute: { TrainGenerator: 'auto' },
  defaults: { learner: { type: 'decision-tree', maxDepth: 8 }, seed: 7 },
};
// @ts-expect-error: no such step, so the types are those of the sources
const wrong: DatasetRebalancerProps = { compute: { TrainGenerater: 'auto' } };

const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Theirs');
const { stateMachine }: DatasetRebalancer = new DatasetRebalancer(stack, 'Rebalancer', props);
if (!stateMachine || wrong === props || EVENT_TYPES.failed !== 'RebalanceFailed') throw new Error('not what it is');
app.synth();
if (![loadModel, scoreRows, tableFromRecords].every((each) => typeof each === 'function')) throw new Error('no model');
`;

let folder: string;
let app: string;

/** Of a checkout: what is in no commit is left out. */
const NOT_COMMITTED = ['.git', 'node_modules', 'dist', 'out', 'cdk.out', '.venv', '.cache', 'coverage'];

/**
 * The project in a place of its own, packed by a plain `npm pack` with all the scripts that npm then runs, and installed as
 * npm would.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-package-'));
  const project = join(folder, 'project');
  mkdirSync(project);
  for (const entry of readdirSync(ROOT).filter((name) => !NOT_COMMITTED.includes(name))) {
    cpSync(join(ROOT, entry), join(project, entry), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  const pack = ['pack', '--offline', '--silent', '--pack-destination', folder];
  await run('npm', pack, { cwd: project, env: { ...process.env, npm_config_loglevel: 'error' } });
  const [tarball] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));

  app = join(folder, 'app');
  const modules = join(app, 'node_modules');
  mkdirSync(join(modules, 'counterpoise'), { recursive: true });
  await run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', join(modules, 'counterpoise')]);
  const { dependencies, peerDependencies } = manifest();
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  symlinkSync(join(ROOT, 'node_modules', '@types'), join(modules, '@types'));
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(app, 'app.ts'), APP);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

function installed(...path: string[]): string {
  return join(app, 'node_modules', 'counterpoise', ...path);
}

function manifest(): { exports: object; dependencies: object; peerDependencies?: object } {
  return JSON.parse(readFileSync(installed('package.json'), 'utf8'));
}

describe('the packed package', () => {
  it('holds what is run, and no sources', () => {
    expect(readdirSync(installed()).sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'package.json',
      'samples',
    ]);
    expect(readdirSync(installed('docs'))).toEqual(['runbook.md']);
    expect(existsSync(installed('dist', 'functions', 'container', 'Dockerfile'))).toBe(true);
    const sources = readdirSync(installed(), { recursive: true }).filter((file) => /(?<!\.d)\.ts$/.test(String(file)));
    expect(sources).toEqual([]);
  });

  it('gives all that it says it exports', async () => {
    const names = Object.keys(manifest().exports);
    expect(names).toEqual(['.', './model', './package.json']);
    const modules = names.map((name) => join('counterpoise', name));
    const imports = modules.map(
      (name) => `import('${name}'${name.endsWith('.json') ? ", { with: { type: 'json' } }" : ''})`,
    );
    const program = `console.log(JSON.stringify((await Promise.all([${imports}])).map((each) => Object.keys(each))))`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: app });
    expect(JSON.parse(stdout)).toEqual([
      expect.arrayContaining(['CounterpoiseStack', 'DatasetRebalancer', 'EVENT_TYPES']),
      expect.arrayContaining(['loadModel', 'scoreRows', 'tableFromRecords']),
      ['default'],
    ]);
  });

  it('holds the very bundles that the sources give', () => {
    const fresh = join(folder, 'fresh');
    mkdirSync(fresh);
    bundleStep(handlerPath(STATES.mergeRows), fresh, 'x64');
    const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
    const packed = installed('dist', 'functions', 'merge-rows');
    expect(read(packed, 'index.mjs') === read(fresh, 'index.mjs')).toBe(true);
    // A map says where the sources lie, which is another place from the copy that was packed.
    const [mappings, same] = [packed, fresh].map((place) => JSON.parse(read(place, 'index.mjs.map')).mappings);
    expect(mappings === same).toBe(true);
  });

  it('has its types, which hold', async () => {
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    await expect(
      run(process.execPath, [compiler, ...options, '--types', 'node', 'app.ts'], { cwd: app }).catch((error) =>
        Promise.reject(new Error(error.stdout)),
      ),
    ).resolves.toMatchObject({ stdout: '' });
  });

  it.runIf(bundlesHere)('is synthesized in an app of somebody else’s, with every function’s code', async () => {
    await run(process.execPath, ['app.ts'], { cwd: app });
    const read = (file: string) => JSON.parse(readFileSync(join(app, 'cdk.out', file), 'utf8'));
    const resources = Object.values<Resource>(read('Theirs.template.json').Resources);
    const functions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions).toHaveLength(Object.keys(STATES).length + 3);
    const keys = new Set(functions.map(({ Properties }) => String(Properties.Code.S3Key).replace('.zip', '')));
    expect(keys.size).toBe(functions.length);
    const contents = [...keys].map((key) =>
      readdirSync(join(app, 'cdk.out', `asset.${key}`))
        .sort()
        .join(),
    );
    expect(contents.filter((files) => files === 'index.mjs,index.mjs.map,node_modules')).toHaveLength(2);
    expect(contents.filter((files) => files === 'index.mjs,index.mjs.map')).toHaveLength(functions.length - 2);
    expect(resources.filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition')).toHaveLength(1);
    const [image] = Object.values<{ source: { directory: string } }>(read('Theirs.assets.json').dockerImages);
    expect(readdirSync(join(app, 'cdk.out', image.source.directory)).sort()).toEqual([
      'Dockerfile',
      'index.mjs',
      'index.mjs.map',
      'node_modules',
    ]);
  });

  it('has the command line, too', async () => {
    const { stdout } = await run(process.execPath, [installed('dist', 'counterpoise.js'), '--version'], { cwd: app });
    expect(stdout.trim()).toMatch(/\d+\.\d+\.\d+$/);
  });
});
