import { ObjectNotFoundError } from '../../contracts/errors.ts';
import { manifestSchema } from '../../contracts/manifest.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { loadJson } from '../artifacts.ts';

/**
 * Takes back what an earlier run published here, just before new outputs take its place: its manifest first, so that
 * there is never one beside files that it does not describe, then the files that will not be replaced (another format).
 *
 * @param replaced URIs that are about to be written over
 */
export async function withdrawEarlier(
  store: DatasetStore,
  manifest: string,
  replaced: readonly string[],
): Promise<void> {
  const earlier = manifestSchema.safeParse(await loadJson(store, manifest).catch(ignoreAbsent));
  await store.remove(manifest);
  for (const { uri } of earlier.data?.outputs ?? []) if (!replaced.includes(uri)) await store.remove(uri);
}

function ignoreAbsent(error: unknown): undefined {
  if (error instanceof ObjectNotFoundError) return undefined;
  throw error;
}
