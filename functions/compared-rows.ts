import type { FoldAssignment } from '../core/protocol/fold-assignment.ts';
import { decodeArrays, encodeArrays } from '../storage/codecs/arrays.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import type { RowOrder } from './row-order.ts';

/** The training rows that a comparison is made on, by their numbers among the training rows, and their folds. */
export interface ComparedRows {
  readonly rows: Int32Array;
  readonly assignment: FoldAssignment;
}

export async function saveComparedRows(store: DatasetStore, uri: string, compared: ComparedRows): Promise<string> {
  const { fold, groups, time, ...meta } = compared.assignment;
  const arrays = Object.fromEntries([
    ['rows', compared.rows],
    ...fold.map((ofRow, repeat) => [`repeat ${repeat}`, ofRow]),
    ...Object.entries({ groups, time }).filter(([, values]) => values),
  ]);
  await store.write(uri, encodeArrays({ meta, arrays }));
  return uri;
}

/** What `saveComparedRows` has saved. */
export async function loadComparedRows(store: DatasetStore, uri: string): Promise<ComparedRows> {
  const { meta, arrays } = decodeArrays(await store.read(uri), uri);
  const { kind, folds, repeats } = meta as Pick<FoldAssignment, 'kind' | 'folds' | 'repeats'>;
  const { groups, time } = arrays as RowOrder;
  const fold = Array.from({ length: repeats }, (_, repeat) => arrays[`repeat ${repeat}`] as Int32Array);
  return {
    rows: arrays.rows as Int32Array,
    assignment: { kind, folds, repeats, fold, ...(groups ? { groups } : {}), ...(time ? { time } : {}) },
  };
}
