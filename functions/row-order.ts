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

/** The orders of the two sides of a split. */
interface SplitOrder {
  readonly train: RowOrder;
  readonly test: RowOrder;
}

/** Before the names of the arrays that are of the test rows. */
const TEST = 'test ';

/** Saves the orders, if there are any. @returns the part of the workflow that says where they are */
export async function saveOrder(
  store: DatasetStore,
  uri: string,
  { train, test }: SplitOrder,
): Promise<{ order?: string }> {
  const ofTest = Object.entries(test).map(([name, values]) => [`${TEST}${name}`, values]);
  const arrays = { ...train, ...Object.fromEntries(ofTest) };
  if (Object.keys(arrays).length === 0) return {};
  return { order: await saveArtifact(store, uri, encodeArrays({ meta: {}, arrays })) };
}

/** The training rows' order, as `saveOrder` has saved it. @param uri absent where there was nothing to save */
export async function loadOrder(store: DatasetStore, uri: string | undefined): Promise<RowOrder> {
  return loadSide(store, uri, '');
}

/** ... and the test rows'. */
export async function loadTestOrder(store: DatasetStore, uri: string | undefined): Promise<RowOrder> {
  return loadSide(store, uri, TEST);
}

async function loadSide(store: DatasetStore, uri: string | undefined, prefix: string): Promise<RowOrder> {
  if (uri === undefined) return {};
  const { arrays } = decodeArrays(await store.read(uri), uri);
  const names = ['groups', 'time'] as const;
  const found = names.filter((name) => `${prefix}${name}` in arrays);
  return Object.fromEntries(found.map((name) => [name, arrays[`${prefix}${name}`]]));
}
