import { describe, expect, it } from 'vitest';
import { encodeFeatures, fitFeatureEncoder } from '../../core/table/feature-encoder.ts';
import { loadJson, loadRows } from '../../functions/artifacts.ts';
import { prepareFolds } from '../../paper/folds.ts';
import { handOutLeftOut } from '../../paper/oracle.ts';
import type { PreparedRun } from '../../paper/protocol.ts';
import { preparePayments, store } from './payments-study.ts';

/** The numbers of the table's rows in each part of a run, and their labels. */
async function partsOf({ prepared }: PreparedRun) {
  const [train, test, leftOut] = await Promise.all(
    [prepared.train, prepared.test, prepared.leftOut].map((uri) => loadRows(store, uri)),
  );
  return { train, test, leftOut };
}

const ascending = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);

/** Every tenth row of the table is of the minority. */
const isMinority = (origin: number) => origin % 10 === 0;

describe('the protocol', () => {
  it('splits all rows together, then throws three quarters of the training minority away', async () => {
    const run = await preparePayments(400);
    const { train, test, leftOut } = await partsOf(run);
    expect(run.request.split).toEqual({ stratified: false, testFraction: 0.2, minorityFraction: 0.25 });
    expect(test.origins.length).toBe(0.2 * 400);
    expect(ascending([...train.origins, ...test.origins, ...leftOut.origins])).toEqual([...Array(400).keys()]);
    expect([...leftOut.origins].every(isMinority)).toBe(true);
    const testMinority = test.origins.filter(isMinority).length;
    expect(train.origins.filter(isMinority).length).toBe(Math.round((40 - testMinority) / 4));
  });

  it('holds out other rows with another seed, and the same with the same', async () => {
    const [first, again, other] = await Promise.all(
      [0, 0, 1].map(async (seed) => ascending((await partsOf(await preparePayments(400, seed))).test.origins)),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('prepareFolds', () => {
  it('holds each training row out once, and knows no other row', async () => {
    const run = await preparePayments(800);
    const { train } = await partsOf(run);
    const folds = await Promise.all((await prepareFolds(run, 5, store)).map(partsOf));
    expect(ascending(folds.flatMap(({ test }) => [...test.origins]))).toEqual(ascending(train.origins));
    for (const fold of folds) {
      expect(ascending([...fold.train.origins, ...fold.test.origins])).toEqual(ascending(train.origins));
      expect(fold.leftOut.origins.length).toBe(0);
      expect([...fold.test.origins].map(isMinority).map(Number)).toEqual([...fold.test.labels]);
    }
  });

  it('takes the statistics of features from the rows of the other folds alone', async () => {
    const run = await preparePayments(800);
    for (const fold of await prepareFolds(run, 5, store)) {
      const { train } = await partsOf(fold);
      const encoder = fitFeatureEncoder(train.table);
      expect(await loadJson(store, fold.prepared.encoder)).toEqual(JSON.parse(JSON.stringify(encoder)));
      expect(encodeFeatures(encoder, train.table).columns).toBe(run.prepared.encodedAttributes);
    }
  });
});

describe('handOutLeftOut', () => {
  it('hands out rows that the protocol threw away, each once, and says that they are the minority’s', async () => {
    const run = await preparePayments(800);
    const { leftOut } = await partsOf(run);
    const amounts = (rows: Awaited<ReturnType<typeof loadRows>>) => {
      const column = rows.table.columns.find(({ name }) => name === 'amount');
      return column?.kind === 'numeric' ? ascending(column.values) : [];
    };
    const all = await handOutLeftOut(run, store);
    expect(all.count).toBe(leftOut.table.rows);
    const handedOut = await loadRows(store, all.rows);
    expect(amounts(handedOut)).toEqual(amounts(leftOut));
    expect(handedOut.labels.every((label) => label === 1)).toBe(true);
    expect(handedOut.origins.every((origin) => origin < 0)).toBe(true);

    const some = amounts(await loadRows(store, (await handOutLeftOut(run, store, 5)).rows));
    expect(some.length).toBe(5);
    expect(some.every((amount) => amounts(leftOut).includes(amount))).toBe(true);
  });
});
