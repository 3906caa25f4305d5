import type { MixedRows } from '../neighbours/mixed-rows.ts';
import { createMatrix, type Matrix } from '../table/matrix.ts';
import { categoricalColumns, type DomainColumn, UNSEEN } from './columns.ts';

/**
 * What an unseen level is in one-hot columns: a column of its own, which is 0 in every training row, so that it is as
 * far from every level as levels are from each other; or all levels at once.
 */
export type UnseenLevel = 'own-column' | 'all-levels';

/**
 * The rows with one column of 0 and 1 for each level of the training rows. Numbers are multiplied by the square root of
 * 2, so that squared distances are twice those of nearest neighbours: two levels are sqrt(2) apart, as numbers are that
 * differ by one deviation.
 */
export function oneHotRows(rows: MixedRows, columns: readonly DomainColumn[], unseen: UnseenLevel): Matrix {
  const { numberCount, codeCount, numbers, codes } = rows;
  const ownColumn = unseen === 'own-column' ? 1 : 0;
  const sizes = categoricalColumns(columns).map(({ levels }) => levels.length);
  const width = numberCount + sizes.reduce((sum, size) => sum + size + ownColumn, 0);
  const matrix = createMatrix(rows.rows, width);
  for (let row = 0; row < rows.rows; row++) {
    let at = row * width;
    for (let i = 0; i < numberCount; i++) matrix.data[at++] = numbers[row * numberCount + i] * Math.SQRT2;
    for (let i = 0; i < codeCount; i++) {
      const code = codes[row * codeCount + i];
      if (code !== UNSEEN) matrix.data[at + code] = 1;
      else if (ownColumn) matrix.data[at + sizes[i]] = 1;
      else matrix.data.fill(1, at, at + sizes[i]);
      at += sizes[i] + ownColumn;
    }
  }
  return matrix;
}
