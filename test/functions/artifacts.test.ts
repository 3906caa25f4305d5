import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CorruptArtifactError, ObjectNotFoundError } from '../../contracts/errors.ts';
import { fileUri } from '../../contracts/uri.ts';
import { loadJson, saveJson } from '../../functions/artifacts.ts';
import { openStore } from '../../storage/open-store.ts';
import { temporaryFolder } from './run.ts';

const store = openStore();

describe('loadJson', () => {
  it('gives back what saveJson was given', async () => {
    const uri = fileUri(join(temporaryFolder(), 'a.json'));
    const value = { name: 'é\u2028', numbers: [0.1, -1e-300], nothing: null };
    expect(await loadJson(store, await saveJson(store, uri, value))).toEqual(value);
  });

  it('names the artifact that is cut short, empty, or no text', async () => {
    const uri = fileUri(join(temporaryFolder(), 'encoder.json'));
    await saveJson(store, uri, { features: [1, 2, 3] });
    const whole = await store.read(uri);
    for (const bytes of [whole.slice(0, 20), new Uint8Array(0), Uint8Array.of(0x22, 0xff, 0x22)]) {
      await store.write(uri, bytes);
      const loading = loadJson(store, uri);
      await expect(loading).rejects.toThrow(CorruptArtifactError);
      await expect(loading).rejects.toThrow(
        `${uri}: found ${bytes.length} bytes that are no JSON, needed the file as it was written. Run again`,
      );
    }
  });

  it('leaves what the store says as it is', async () => {
    await expect(loadJson(store, fileUri(join(temporaryFolder(), 'none.json')))).rejects.toThrow(ObjectNotFoundError);
  });
});
