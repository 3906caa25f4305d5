import type { FoldAssignment } from '../core/protocol/fold-assignment.ts';
import { decodeArrays, encodeArrays } from '../storage/codecs/arrays.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { saveArtifact } from './artifacts.ts';
import type { RowOrder } from './row-order.ts';

/** The folds of the rows that a comparison is made on, as an artifact. */
export async function saveAssignment(store: DatasetStore, uri: string, assignment: FoldAssignment): Promise<string> {
  const { fold, groups, time, ...meta } = assignment;
  const arrays = Object.fromEntries([
    ...fold.map((ofRow, repeat) => [`repeat ${repeat}`, ofRow]),
    ...Object.entries({ groups, time }).filter(([, values]) => values),
  ]);
  return saveArtifact(store, uri, encodeArrays({ meta, arrays }));
}

/** What `saveAssignment` has saved. */
export async function loadAssignment(store: DatasetStore, uri: string): Promise<FoldAssignment> {
  const { meta, arrays } = decodeArrays(await store.read(uri), uri);
  const { kind, folds, repeats } = meta as Pick<FoldAssignment, 'kind' | 'folds' | 'repeats'>;
  const { groups, time } = arrays as RowOrder;
  const fold = Array.from({ length: repeats }, (_, repeat) => arrays[`repeat ${repeat}`] as Int32Array);
  return { kind, folds, repeats, fold, ...(groups ? { groups } : {}), ...(time ? { time } : {}) };
}
