import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { createMatrix } from '../../../core/table/matrix.ts';
import { decodeRows, encodeTargets, fitRowCodec } from '../../../core/table/row-codec.ts';
import { type CategoricalColumn, createTable, type NumericColumn, type Table } from '../../../core/table/table.ts';

function numeric(name: string, values: number[]): NumericColumn {
  return { kind: 'numeric', name, integer: values.every(Number.isInteger), values: Float64Array.from(values) };
}

function categorical(name: string, levels: string[], codes: number[]): CategoricalColumn {
  return { kind: 'categorical', name, levels, codes: Int32Array.from(codes) };
}

const observed = createTable([numeric('gain', [0, 0, 7298, 100]), categorical('sex', ['f', 'm', 'x'], [2, 0, 2, 0])]);

describe('the row codec', () => {
  it('lays out a sigmoid per number and a softmax over the levels that occur', () => {
    expect(fitRowCodec(observed).heads).toEqual([
      { kind: 'sigmoid', size: 1 },
      { kind: 'softmax', size: 2 },
    ]);
  });

  it('scales numbers to [0, 1] and sets one of the levels', () => {
    const targets = encodeTargets(fitRowCodec(observed), observed);
    const expected = [0, 0, 1, 0, 1, 0, 1, 0, 1, 100 / 7298, 1, 0];
    expect([...targets.data]).toEqual(expected.map(Math.fround));
  });

  it('gives generated numbers the observed marginal, in the order of the outputs', () => {
    const outputs = createMatrix(4, 3, Float32Array.of(0.9, 1, 0, 0.1, 1, 0, 0.5, 0, 1, 0.2, 0, 1));
    const [gain, sex] = decodeRows(fitRowCodec(observed), outputs, createRng(0, 'test')).columns;
    expect(gain).toMatchObject({ values: Float64Array.of(7298, 0, 100, 0) });
    expect(sex).toMatchObject({ codes: Int32Array.of(0, 0, 2, 2) });
  });

  it('breaks ties between equal outputs at random, not by position', () => {
    const tied = createMatrix(400, 3, new Float32Array(1200).fill(0.5));
    const [gain] = decodeRows(fitRowCodec(observed), tied, createRng(1, 'ties')).columns as NumericColumn[];
    const highInFirstHalf = gain.values.slice(0, 200).filter((value) => value === 7298).length;
    expect(gain.values.filter((value) => value === 7298)).toHaveLength(100);
    // Hypergeometric(400, 100, 200): mean 50, deviation 4.3; by position all 100 would lie in one half.
    expect(Math.abs(highInFirstHalf - 50)).toBeLessThan(4 * 4.4);
  });

  it('draws levels as often as their probability says', () => {
    const rows = 20_000;
    const outputs = createMatrix(rows, 3);
    for (let row = 0; row < rows; row++) outputs.data.set([0.5, 0.3, 0.7], row * 3);
    const sex = decodeRows(fitRowCodec(observed), outputs, createRng(2, 'levels')).columns[1] as CategoricalColumn;
    const share = sex.codes.filter((code) => code === 2).length / rows;
    expect(Math.abs(share - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / rows));
  });

  const arbitraryTable: fc.Arbitrary<Table> = fc
    .record({ rows: fc.integer({ min: 1, max: 12 }), seed: fc.integer() })
    .map(({ rows, seed }) => {
      const rng = createRng(seed, 'table');
      const draw = (make: () => number) => Array.from({ length: rows }, make);
      return createTable([
        numeric(
          'whole',
          draw(() => rng.nextInt(50) - 25),
        ),
        numeric(
          'real',
          draw(() => rng.nextNormal() * 1e6),
        ),
        categorical(
          'level',
          ['a', 'b', 'c', 'd'],
          draw(() => rng.nextInt(4)),
        ),
      ]);
    });

  it('never makes an invalid row, whatever the outputs', () => {
    const output = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(
        arbitraryTable,
        fc.array(output, { minLength: 6, maxLength: 120 }),
        fc.integer(),
        (table, cells, seed) => {
          const codec = fitRowCodec(table);
          const width = codec.heads.reduce((sum, head) => sum + head.size, 0);
          const rows = Math.floor(cells.length / width);
          const outputs = createMatrix(rows, width, Float32Array.from(cells.slice(0, rows * width)));
          const decoded = decodeRows(codec, outputs, createRng(seed, 'decode'));
          decoded.columns.forEach((column, c) => {
            const source = table.columns[c];
            if (column.kind === 'numeric') {
              expect(column.values).toHaveLength(rows);
              for (const value of column.values) expect((source as NumericColumn).values).toContain(value);
            } else {
              expect(column.codes).toHaveLength(rows);
              for (const code of column.codes) expect((source as CategoricalColumn).codes).toContain(code);
            }
          });
        },
      ),
    );
  });
});
