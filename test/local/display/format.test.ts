import { describe, expect, it } from 'vitest';
import { formatDuration, formatScore, progressBar, wrapWords } from '../../../local/display/format.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [412.4, '412 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_599_700, '1 h 00 min'],
    [3_720_000, '1 h 02 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('numbers', () => {
  it('have three decimals where they are scores', () => {
    expect([formatScore(0.5), formatScore(null)]).toEqual(['0.500', '-']);
  });
});

describe('progressBar', () => {
  it('is as full as the share, and never longer than the bar', () => {
    expect([0, 0.5, 1, 7].map((share) => progressBar(share, 4))).toEqual(['░░░░', '██░░', '████', '████']);
  });
});

describe('wrapWords', () => {
  it('breaks between words only', () => {
    expect(wrapWords('one two three incomprehensibilities four', 9)).toEqual([
      'one two',
      'three',
      'incomprehensibilities',
      'four',
    ]);
  });
});
