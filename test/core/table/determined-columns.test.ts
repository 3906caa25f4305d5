import { describe, expect, it } from 'vitest';
import { findDeterminations } from '../../../core/table/determined-columns.ts';
import { type Column, createTable } from '../../../core/table/table.ts';

const ROWS = 40;
const rows = (value: (row: number) => number): number[] => Array.from({ length: ROWS }, (_, row) => value(row));

function numeric(name: string, values: number[]): Column {
  return { kind: 'numeric', name, integer: true, values: Float64Array.from(values) };
}

function categorical(name: string, codes: number[]): Column {
  const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  return { kind: 'categorical', name, levels, codes: Int32Array.from(codes) };
}

const degree = categorical(
  'degree',
  rows((row) => row % 4),
);
const years = numeric(
  'years',
  rows((row) => [9, 13, 16, 9][row % 4]),
);
const age = numeric(
  'age',
  rows((row) => 20 + row),
);

describe('findDeterminations', () => {
  it('finds that a number follows from a level, wherever the two stand', () => {
    const values = new Map([
      [0, 9],
      [1, 13],
      [2, 16],
      [3, 9],
    ]);
    expect(findDeterminations(createTable([age, degree, years]))).toEqual([undefined, undefined, { by: 1, values }]);
    expect(findDeterminations(createTable([years, age, degree]))).toEqual([{ by: 2, values }, undefined, undefined]);
  });

  it('lets the later of two levels follow from the earlier where each follows from the other', () => {
    const code = categorical(
      'code',
      rows((row) => 3 - (row % 4)),
    );
    const found = findDeterminations(createTable([degree, code]));
    expect(found[0]).toBeUndefined();
    expect(found[1]).toEqual({ by: 0, values: new Map([0, 1, 2, 3].map((level) => [level, 3 - level])) });
  });

  it('makes no chains: what determines is not determined itself', () => {
    const half = categorical(
      'half',
      rows((row) => (row % 4 < 2 ? 0 : 1)),
    );
    const names = numeric(
      'number',
      rows((row) => row % 4),
    );
    const found = findDeterminations(createTable([half, degree, names]));
    expect(found.map((determination) => determination?.by)).toEqual([1, undefined, 1]);
  });

  it('lets levels follow from numbers', () => {
    const grown = categorical(
      'grown',
      rows((row) => (row % 5 < 2 ? 0 : 1)),
    );
    const size = numeric(
      'size',
      rows((row) => row % 5),
    );
    expect(findDeterminations(createTable([grown, size])).map((found) => found?.by)).toEqual([1, undefined]);
  });

  it('takes a single exception for a refutation', () => {
    const almost = numeric(
      'years',
      rows((row) => (row === 39 ? 8 : [9, 13, 16, 9][row % 4])),
    );
    expect(findDeterminations(createTable([degree, almost]))).toEqual([undefined, undefined]);
  });

  it('takes a few rows per value for a coincidence, and lets a constant follow from nothing', () => {
    const nine = categorical(
      'nine',
      rows((row) => row % 9),
    );
    const coincidence = numeric(
      'coincidence',
      rows((row) => row % 9),
    );
    const constant = numeric(
      'constant',
      rows(() => 7),
    );
    expect(findDeterminations(createTable([nine, coincidence]))).toEqual([undefined, undefined]);
    expect(findDeterminations(createTable([degree, constant]))).toEqual([undefined, undefined]);
  });
});
