import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { provisionEmulator } from './provision.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterpoise-path-'));
  vi.stubEnv('PATH', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('says that there is no Python', async () => {
  expect(await provisionEmulator()).toEqual({
    missing: 'found no python3 that runs, needed Python 3.10 or later as python3 in the PATH',
  });
});

it('says that Python is too old', async () => {
  await writeFile(join(folder, 'python3'), '#!/bin/sh\necho 3.9.18\n');
  await chmod(join(folder, 'python3'), 0o755);
  expect(await provisionEmulator()).toEqual({
    missing: 'found Python 3.9.18, needed Python 3.10 or later as python3 in the PATH',
  });
});
