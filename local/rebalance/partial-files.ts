import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseUri } from '../../contracts/uri.ts';
import { PARTIAL_PREFIX } from '../../storage/directory-store.ts';

/**
 * Removes what a worker that was ended had only begun to write for a run. Files that are whole stay; in S3 there is
 * nothing to remove.
 */
export async function removePartialFiles(outputUri: string, executionId: string): Promise<void> {
  const location = parseUri(outputUri);
  if (location.scheme !== 'file') return;
  const folder = join(location.key, 'runs', executionId);
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const partial = names.filter(({ name }) => name.startsWith(PARTIAL_PREFIX));
  await Promise.all(
    partial.map(({ parentPath, name }) => rm(join(parentPath, name), { recursive: true, force: true })),
  );
}
