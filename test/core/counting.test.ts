import { describe, expect, it } from 'vitest';
import { count, countOf, percent, tenths } from '../../core/counting.ts';

describe('counting', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
    [-12345, '-12,345'],
  ])('writes %d as %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  it('says one of a thing, and many', () => {
    expect([countOf(1, 'row'), countOf(0, 'row'), countOf(1204, 'row')]).toEqual(['1 row', '0 rows', '1,204 rows']);
    expect(countOf(2, 'child', 'children')).toBe('2 children');
  });

  it('writes shares in two digits, and others with one after the point', () => {
    expect([0.0231, 0.27, 0.0077].map(percent)).toEqual(['2.3%', '27%', '0.77%']);
    expect(tenths(43.26)).toBe('43.3');
  });
});
