import { describe, expect, it } from 'vitest';
import { columnRole, MAX_LEVELS } from '../../../core/table/column-roles.ts';
import type { Column } from '../../../core/table/table.ts';

const numbers = (...values: number[]): Column => ({
  kind: 'numeric',
  name: 'n',
  integer: true,
  values: Float64Array.from(values),
});

function text(codes: number[]): Column {
  const levels = Array.from({ length: Math.max(0, ...codes) + 1 }, (_, code) => `level ${code}`);
  return { kind: 'categorical', name: 't', levels, codes: Int32Array.from(codes) };
}

const range = (length: number, of: (i: number) => number = (i) => i) => Array.from({ length }, (_, i) => of(i));

describe('column roles', () => {
  it.each<[string, Column, boolean, string]>([
    ['numbers that vary', numbers(3, 1, 2, 2), true, 'feature'],
    ['an index', numbers(0, 1, 2, 3), true, 'identifier'],
    ['an index from 1, falling', numbers(4, 3, 2, 1), true, 'identifier'],
    ['an index with a gap', numbers(1, 2, 3, Number.NaN, 4), true, 'identifier'],
    ['few rising counts', numbers(10, 20, 35), true, 'feature'],
    ['many rising counts', numbers(...range(MAX_LEVELS + 1, (i) => i * i)), true, 'identifier'],
    ['many rising dates or measurements', numbers(...range(MAX_LEVELS + 1, (i) => i * i)), false, 'feature'],
    ['one number', numbers(5, 5, Number.NaN), true, 'constant'],
    ['no number', numbers(Number.NaN, Number.NaN), true, 'all-missing'],
    ['few levels', text([0, 1, 0, -1]), false, 'feature'],
    ['as many levels as allowed', text(range(MAX_LEVELS)), false, 'feature'],
    ['a text of its own in every row', text(range(MAX_LEVELS + 1)), false, 'identifier'],
    ['many levels that repeat', text(range(3 * MAX_LEVELS, (i) => i % (MAX_LEVELS + 1))), false, 'high-cardinality'],
    ['one level', text([0, 0, -1]), false, 'constant'],
    ['no level', text([-1, -1]), false, 'all-missing'],
  ])('%s', (_, column, counter, role) => {
    expect(columnRole(column, counter)).toBe(role);
  });
});
