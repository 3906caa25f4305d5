import { decodeArrays, encodeArrays } from '../storage/codecs/arrays.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { saveArtifact } from './artifacts.ts';

/** What a split of rows must respect; at most one of the two, none where rows may be dealt at random. */
export interface RowOrder {
  /** of every row: the number of its group. Rows of one group stay on one side. */
  readonly groups?: Int32Array;
  /** of every row: when it was. Later rows test what earlier ones taught. */
  readonly time?: Float64Array;
}

/** The order of these rows, in their order. */
export function takeOrder({ groups, time }: RowOrder, rows: Int32Array): RowOrder {
  if (groups) return { groups: rows.map((row) => groups[row]) };
  if (time) return { time: Float64Array.from(rows, (row) => time[row]) };
  return {};
}

/** Saves the order, if there is one. @returns the part of the workflow that says where it is */
export async function saveOrder(store: DatasetStore, uri: string, order: RowOrder): Promise<{ order?: string }> {
  const arrays = { ...order };
  if (Object.keys(arrays).length === 0) return {};
  return { order: await saveArtifact(store, uri, encodeArrays({ meta: {}, arrays })) };
}

/** What `saveOrder` has saved. @param uri absent where there was nothing to save */
export async function loadOrder(store: DatasetStore, uri: string | undefined): Promise<RowOrder> {
  return uri === undefined ? {} : (decodeArrays(await store.read(uri), uri).arrays as RowOrder);
}
