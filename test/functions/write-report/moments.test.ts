import { describe, expect, it } from 'vitest';
import { milliseconds, valueText } from '../../../functions/write-report/html/moments.ts';

describe('the text of a value', () => {
  it.each([
    [365, 'date', '1971-01-01'],
    [-1, 'date', '1969-12-31'],
    [1000 * (24 * 60 * 60 + 61), 'timestamp', '1970-01-02 00:01:01'],
    [1500, 'timestamp', '1970-01-01 00:00:01.500'],
    [365, 'integer', '365'],
    [0.5, 'number', '0.5'],
  ] as const)('%d of type %s is %s', (value, type, text) => {
    expect(valueText(value, type)).toBe(text);
  });
});

describe('milliseconds since 1970', () => {
  it('are known of dates and timestamps, as far as a calendar goes, and of nothing else', () => {
    expect(milliseconds(2, 'date')).toBe(2 * 24 * 60 * 60 * 1000);
    expect(milliseconds(2, 'timestamp')).toBe(2);
    expect(milliseconds(1e300, 'date')).toBe(8.64e15);
    expect(milliseconds(2, 'number')).toBeNull();
  });
});
