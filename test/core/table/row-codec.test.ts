import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputColumns } from '../../../core/network/heads.ts';
import { createRng } from '../../../core/random/rng.ts';
import { createMatrix } from '../../../core/table/matrix.ts';
import { decodeRows, encodeTargets, fitRowCodec } from '../../../core/table/row-codec.ts';
import {
  type CategoricalColumn,
  type Column,
  createTable,
  type NumericColumn,
  type Table,
} from '../../../core/table/table.ts';

function numeric(name: string, values: number[]): NumericColumn {
  return { kind: 'numeric', name, integer: values.every(Number.isInteger), values: Float64Array.from(values) };
}

function categorical(name: string, levels: string[], codes: number[]): CategoricalColumn {
  return { kind: 'categorical', name, levels, codes: Int32Array.from(codes) };
}

/** Four gains make bins from 0 and from 100 on: two rows each. */
const observed = createTable([numeric('gain', [0, 0, 7298, 100]), categorical('sex', ['f', 'm', 'x'], [2, 0, 2, 0])]);

describe('the row codec', () => {
  it('lays out a softmax over the bins of a number and over the levels that occur', () => {
    expect(fitRowCodec(observed).heads).toEqual([
      { kind: 'softmax', size: 2 },
      { kind: 'softmax', size: 2 },
    ]);
  });

  it('sets one of the bins and one of the levels', () => {
    const targets = encodeTargets(fitRowCodec(observed), observed);
    const rows = [
      [1, 0, 0, 1],
      [1, 0, 1, 0],
      [0, 1, 0, 1],
      [0, 1, 1, 0],
    ];
    expect(targets).toEqual(createMatrix(4, 4, Float32Array.from(rows.flat())));
  });

  it('gives generated numbers the observed marginal, in the order of their bins', () => {
    const low = [1, 0, 1, 0];
    const high = [0, 1, 0, 1];
    const outputs = createMatrix(4, 4, Float32Array.from([high, low, low, low].flat()));
    const [gain, sex] = decodeRows(fitRowCodec(observed), outputs, createRng(0, 'test')).columns;
    const { values } = gain as NumericColumn;
    expect(values[0]).toBe(7298);
    expect(values.toSorted()).toEqual(Float64Array.of(0, 0, 100, 7298));
    expect(sex).toMatchObject({ codes: Int32Array.of(2, 0, 0, 0) });
  });

  it('gives numbers of one bin a random order, not that of the rows', () => {
    const tied = createMatrix(
      400,
      4,
      Float32Array.from({ length: 1600 }, (_, i) => 1 - (i % 2)),
    );
    const [gain] = decodeRows(fitRowCodec(observed), tied, createRng(1, 'ties')).columns as NumericColumn[];
    const highInFirstHalf = gain.values.slice(0, 200).filter((value) => value === 7298).length;
    expect(gain.values.filter((value) => value === 7298)).toHaveLength(100);
    // Hypergeometric(400, 100, 200): mean 50, deviation 4.3; by position all 100 would lie in one half.
    expect(Math.abs(highInFirstHalf - 50)).toBeLessThan(4 * 4.4);
  });

  it('draws levels as often as their probability says', () => {
    const rows = 20_000;
    const outputs = createMatrix(rows, 4);
    for (let row = 0; row < rows; row++) outputs.data.set([0.5, 0.5, 0.3, 0.7], row * 4);
    const sex = decodeRows(fitRowCodec(observed), outputs, createRng(2, 'levels')).columns[1] as CategoricalColumn;
    const share = sex.codes.filter((code) => code === 2).length / rows;
    expect(Math.abs(share - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / rows));
  });

  it('fills in what follows from another column, and teaches no output for it', () => {
    const codes = Array.from({ length: 12 }, (_, row) => row % 2);
    const years = codes.map((code) => [9, 13][code]);
    const table = createTable([numeric('years', years), categorical('degree', ['school', 'university'], codes)]);
    const codec = fitRowCodec(table);
    expect(codec.heads).toEqual([{ kind: 'softmax', size: 2 }]);
    expect(encodeTargets(codec, table).columns).toBe(2);
    const outputs = createMatrix(3, 2, Float32Array.of(0, 1, 1, 0, 0, 1));
    expect(decodeRows(codec, outputs, createRng(0, 'follow')).columns).toEqual([
      { ...table.columns[0], values: Float64Array.of(13, 9, 13) },
      { ...table.columns[1], codes: Int32Array.of(1, 0, 1) },
    ]);
  });

  it('gives back the taught rows, but for the order within a bin, from their own targets', () => {
    fc.assert(
      fc.property(arbitraryTable, fc.integer(), (table, seed) => {
        const codec = fitRowCodec(table);
        const decoded = decodeRows(codec, encodeTargets(codec, table), createRng(seed, 'decode'));
        expect(encodeTargets(codec, decoded)).toEqual(encodeTargets(codec, table));
        decoded.columns.forEach((column, c) => {
          expect(cells(column).toSorted()).toEqual(cells(table.columns[c]).toSorted());
        });
      }),
    );
  });

  it('never makes an invalid row, whatever the outputs', () => {
    const output = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(
        arbitraryTable,
        fc.array(output, { minLength: 6, maxLength: 120 }),
        fc.integer(),
        (table, given, seed) => {
          const codec = fitRowCodec(table);
          const width = outputColumns(codec.heads);
          const rows = Math.floor(given.length / width);
          const outputs = createMatrix(rows, width, Float32Array.from(given.slice(0, rows * width)));
          const decoded = decodeRows(codec, outputs, createRng(seed, 'decode'));
          expect(decoded.rows).toBe(rows);
          decoded.columns.forEach((column, c) => {
            const source = table.columns[c];
            expect({ ...column, values: 0, codes: 0 }).toEqual({ ...source, values: 0, codes: 0 });
            expect(cells(column)).toHaveLength(rows);
            for (const cell of cells(column)) expect(cells(source)).toContain(cell);
          });
        },
      ),
    );
  });
});

function cells(column: Column): number[] {
  return Array.from(column.kind === 'numeric' ? column.values : column.codes);
}

const arbitraryTable: fc.Arbitrary<Table> = fc
  .record({ rows: fc.integer({ min: 1, max: 40 }), seed: fc.integer() })
  .map(({ rows, seed }) => {
    const rng = createRng(seed, 'table');
    const draw = (make: () => number) => Array.from({ length: rows }, make);
    const levels = draw(() => rng.nextInt(4));
    const whole = draw(() => rng.nextInt(50) - 25);
    const real = draw(() => rng.nextNormal() * 1e6);
    return createTable([
      numeric('whole', whole),
      numeric('real', real),
      categorical('level', ['a', 'b', 'c', 'd'], levels),
      numeric(
        'follows',
        levels.map((code) => code ** 2),
      ),
    ]);
  });
