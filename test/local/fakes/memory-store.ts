import { ObjectNotFoundError } from '../../../contracts/errors.ts';
import type { DatasetStore } from '../../../storage/dataset-store.ts';

/** As much of a store as the fake steps use. */
export function memoryStore(objects = new Map<string, Uint8Array>()): DatasetStore {
  const store: Pick<DatasetStore, 'read' | 'write'> = {
    async read(uri) {
      const bytes = objects.get(uri);
      if (!bytes) throw new ObjectNotFoundError(uri);
      return bytes;
    },
    async write(uri, bytes) {
      objects.set(uri, bytes);
    },
  };
  return store as DatasetStore;
}
