import type { MixedRows } from '../../../core/neighbours/mixed-rows.ts';

/** The same search in plain double precision: the oracle. */
export function bruteForce(
  reference: MixedRows,
  queries: MixedRows,
  k: number,
  mismatch: number,
  excludeSelf: boolean,
): { indices: Int32Array; squaredDistances: Float64Array } {
  const all = Array.from({ length: queries.rows }, (_, query) =>
    Array.from({ length: reference.rows }, (_, row) => ({
      row,
      square: squaredDistance(reference, row, queries, query),
    }))
      .filter(({ row }) => !(excludeSelf && row === query))
      .sort((a, b) => a.square - b.square || a.row - b.row)
      .slice(0, k),
  ).flat();
  return {
    indices: Int32Array.from(all, ({ row }) => row),
    squaredDistances: Float64Array.from(all, ({ square }) => square),
  };

  function squaredDistance(a: MixedRows, i: number, b: MixedRows, j: number): number {
    let sum = 0;
    for (let c = 0; c < a.numberCount; c++) {
      sum += (a.numbers[i * a.numberCount + c] - b.numbers[j * b.numberCount + c]) ** 2;
    }
    let differing = 0;
    for (let c = 0; c < a.codeCount; c++) {
      if (a.codes[i * a.codeCount + c] !== b.codes[j * b.codeCount + c]) differing++;
    }
    return sum + mismatch * differing;
  }
}
