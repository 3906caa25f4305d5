import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BindingUnavailableError, bindingFolder, copyBinding } from '../../infra/duckdb-binding.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'counterpoise-binding-')));
  addPackage(root, 'node-api');
  writeFileSync(join(root, 'node_modules/@duckdb/node-api/index.js'), '');
  addPackage(root, 'node-bindings', { version: '1.2.3' });
});

afterEach(() => rmSync(root, { recursive: true }));

function addPackage(folder: string, name: string, manifest: object = {}): void {
  mkdirSync(join(folder, 'node_modules', '@duckdb', name), { recursive: true });
  writeFileSync(join(folder, 'node_modules', '@duckdb', name, 'package.json'), JSON.stringify(manifest));
}

describe('bindingFolder', () => {
  it('is the installed package where this machine is of the kind', () => {
    const install = vi.fn();
    addPackage(root, 'node-bindings-linux-x64');
    expect(bindingFolder(root, 'x64', install)).toBe(join(root, 'node_modules/@duckdb/node-bindings-linux-x64'));
    expect(install).not.toHaveBeenCalled();
  });

  it('fetches it once for another kind, in the version of its loader', () => {
    addPackage(root, 'node-bindings-linux-x64');
    const install = vi.fn((folder: string) => addPackage(folder, 'node-bindings-linux-arm64', { fetched: true }));
    const folder = bindingFolder(root, 'arm64', install);
    expect(folder).toBe(join(root, 'node_modules/.cache/counterpoise/1.2.3/node-bindings-linux-arm64'));
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ fetched: true });
    expect(bindingFolder(root, 'arm64', install)).toBe(folder);
    expect(install).toHaveBeenCalledExactlyOnceWith(expect.any(String), '@duckdb/node-bindings@1.2.3', 'arm64');
  });

  it('is found beside DuckDB, where packages are installed apart from ours', () => {
    addPackage(root, 'node-bindings-linux-arm64');
    const ours = join(root, 'node_modules/counterpoise/dist/infra');
    mkdirSync(ours, { recursive: true });
    expect(bindingFolder(ours, 'arm64', vi.fn())).toBe(join(root, 'node_modules/@duckdb/node-bindings-linux-arm64'));
  });

  it.each([
    ['npm fails', () => execFailure()],
    ['npm finds none for the platform', () => {}],
  ])('says what to do where %s, and leaves nothing behind', (_, install) => {
    const fetching = () => bindingFolder(root, 'arm64', install);
    expect(fetching).toThrow(BindingUnavailableError);
    expect(fetching).toThrow(
      'functions for arm64 need @duckdb/node-bindings-linux-arm64, which is not in node_modules, and npm did not get it ' +
        'with @duckdb/node-bindings@1.2.3. Synthesize where the npm registry can be reached and has it, or choose the ' +
        'architecture of this machine (-c architecture=x86_64 or arm64)',
    );
    expect(readdirSync(join(root, 'node_modules/.cache/counterpoise/1.2.3'))).toEqual([]);
  });
});

describe('a bundle for arm64', () => {
  it('gets the binding for arm64 beside it, and not the one of this machine', () => {
    for (const cpu of ['x64', 'arm64']) addPackage(root, `node-bindings-linux-${cpu}`, { cpu });
    const bundle = join(root, 'bundle');
    copyBinding(root, bundle, 'arm64');
    const modules = join(bundle, 'node_modules/@duckdb');
    expect(readdirSync(modules)).toEqual(['node-bindings-linux-arm64']);
    const manifest = readFileSync(join(modules, 'node-bindings-linux-arm64/package.json'), 'utf8');
    expect(JSON.parse(manifest)).toEqual({ cpu: 'arm64' });
  });

  it('is not made where the binding cannot be had', () => {
    addPackage(root, 'node-bindings-linux-x64');
    const offline = (from: string, cpu: 'x64' | 'arm64') => bindingFolder(from, cpu, execFailure);
    expect(() => copyBinding(root, join(root, 'bundle'), 'arm64', offline)).toThrow(BindingUnavailableError);
    expect(existsSync(join(root, 'bundle'))).toBe(false);
  });
});

function execFailure(): never {
  throw new Error('Command failed: npm install');
}
