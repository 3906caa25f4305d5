import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, safeLines, safeText, truncate } from '../../../local/display/safe-text.ts';

describe('safeText', () => {
  it('strips what a terminal would obey: escapes, bells, line breaks, overrides of direction', () => {
    expect(safeText('a\u001b[2Jb\u0007c\r\nd\u202ee\u2028f\u009bg\ud800h')).toBe('a[2Jbcdefg\ufffdh');
    expect(safeLines('a\u0007\nb\r\nc\td')).toBe('a\nb\ncd');
  });

  it('leaves letters of every script alone', () => {
    expect(safeText('Größe 値 ñ 💶')).toBe('Größe 値 ñ 💶');
  });
});

describe('truncate', () => {
  it('never takes more columns than it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('keeps what fits, and says that there was more', () => {
    expect(['short', 'a longer one', '値段値段'].map((text) => truncate(text, 6))).toEqual([
      'short',
      'a lon…',
      '値段…',
    ]);
  });
});
