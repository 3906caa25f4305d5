import { describe, expect, it } from 'vitest';
import { takeMixedRows } from '../../../core/neighbours/mixed-rows.ts';

describe('takeMixedRows', () => {
  it('takes the rows in the order that is asked for, one as often as it is asked for', () => {
    const rows = {
      rows: 3,
      numberCount: 2,
      codeCount: 1,
      numbers: Float32Array.of(1, 2, 3, 4, 5, 6),
      codes: Uint8Array.of(7, 8, 9),
    };
    expect(takeMixedRows(rows, Int32Array.of(2, 0, 2))).toEqual({
      rows: 3,
      numberCount: 2,
      codeCount: 1,
      numbers: Float32Array.of(5, 6, 1, 2, 5, 6),
      codes: Uint8Array.of(9, 7, 9),
    });
  });
});
