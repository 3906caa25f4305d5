import { CorruptArtifactError, ObjectNotFoundError } from '../contracts/errors.ts';
import { type Manifest, manifestSchema } from '../contracts/manifest.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { loadJson } from './artifacts.ts';

/** The manifest that an earlier run left in an output location; undefined where there is none, or one that says nothing. */
export async function loadEarlierManifest(store: DatasetStore, uri: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.safeParse(await loadJson(store, uri)).data;
  } catch (error) {
    if (error instanceof ObjectNotFoundError || error instanceof CorruptArtifactError) return undefined;
    throw error;
  }
}
