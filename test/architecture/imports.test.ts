import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const NODE = 'node:';
const CDK = ['aws-cdk-lib', 'constructs'];

/** What the files of a folder may import beside each other: folders, packages, and modules of Node. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contracts: ['core', 'zod', 'fastest-levenshtein'],
  storage: ['core', 'contracts', '@aws-sdk/client-s3', '@aws-sdk/lib-storage', '@duckdb/node-api', NODE],
  functions: [
    ...[
      'core',
      'contracts',
      'storage',
      '@aws-sdk/client-sfn',
      'aws-lambda',
      '@middy/core',
      'vega',
      'vega-lite',
      'zod',
      NODE,
    ],
    ...['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics', '@aws-lambda-powertools/tracer'],
  ],
  local: [
    ...['core', 'contracts', 'storage', 'functions', '@aws-sdk/client-sfn', 'aws-local-stepfunctions', 'zod', NODE],
    ...['commander', 'cli-table3', 'log-update'],
  ],
  api: ['core', NODE],
  infra: ['contracts', ...CDK, 'cdk-nag', 'esbuild', NODE],
  paper: ['core', 'contracts', 'storage', 'functions', 'local', 'vega', 'vega-lite', NODE],
  bench: [
    ...['core', 'contracts', 'storage', 'functions', 'local', 'infra', 'paper', NODE],
    ...[
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      'libsvm-js',
      'ml-cart',
      'ml-svm',
    ],
  ],
  samples: ['core', NODE],
  scripts: ['contracts', 'infra', 'local', ...CDK, 'assemblyscript', 'esbuild', NODE],
  examples: ['infra', ...CDK],
};

const IMPORT =
  /^(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** `core/kernels/assembly` is another language, with a compiler of its own. */
const files = globSync(`{${Object.keys(MAY_IMPORT).join(',')}}/**/*.ts`, {
  cwd: ROOT,
  exclude: ['core/kernels/assembly/**', 'examples/**/node_modules/**'],
}).map((file) => file.replaceAll('\\', '/'));

/** By file: the files of the project, as paths from its root, and the packages that it imports. */
const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  const found = [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(
    (match) => match[1] ?? match[2] ?? match[3],
  );
  return found.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name));
}

/** The folder or the package that something imported belongs to. */
function origin(name: string): string {
  if (name.startsWith(NODE)) return NODE;
  const [first, second] = name.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** `a -> b -> a`: the first way round that is found, if there is one. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string | undefined {
  const clear = new Set<string>();
  const visit = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' -> ');
    if (clear.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    clear.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function filesOf(folder: string): Map<string, string[]> {
  return new Map([...imports].filter(([file]) => origin(file) === folder));
}

describe('what a file imports', () => {
  it.each(Object.entries(MAY_IMPORT))('%s/ imports what it may', (folder, allowed) => {
    const own = [...filesOf(folder)];
    const foreign = own.flatMap(([file, names]) =>
      names.filter((name) => ![folder, ...allowed].includes(origin(name))).map((name) => `${file} imports ${name}`),
    );
    expect(foreign).toEqual([]);
    expect(own).not.toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT))('%s/ has no files that import each other, be it for a type', (folder) => {
    expect(findCycle(filesOf(folder))).toBe(undefined);
  });
});

describe('a cycle', () => {
  it('is found, and named', () => {
    const graph = new Map([
      ['a', ['b', 'zod']],
      ['b', ['c']],
      ['c', ['d', 'b']],
      ['d', []],
    ]);
    expect(findCycle(graph)).toBe('b -> c -> b');
  });
});
