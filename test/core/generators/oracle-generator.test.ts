import { describe, expect, it } from 'vitest';
import { oracleGenerator } from '../../../core/generators/oracle-generator.ts';
import { createRng } from '../../../core/random/rng.ts';
import { columnCells, itKeepsTheGeneratorContract, minorityRows } from './generator-contract.ts';

itKeepsTheGeneratorContract('oracle', () => oracleGenerator(minorityRows(50, 5)));

describe('oracleGenerator', () => {
  const withheld = minorityRows(50, 5);
  const fitted = oracleGenerator(withheld).fit(minorityRows(10, 6), createRng(0, 'oracle'));

  it('hands out each row that was held back once, in random order', () => {
    const made = fitted.generate(50, createRng(0, 'oracle'));
    const heights = columnCells(made.columns[0]);
    expect(heights.toSorted()).toEqual(columnCells(withheld.columns[0]).toSorted());
    expect(heights).not.toEqual(columnCells(withheld.columns[0]));
    expect(fitted.reconstructionLoss).toBeNull();
  });

  it('refuses to hand out more than there are', () => {
    expect(() => fitted.generate(51, createRng(0, 'oracle'))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: count: found 51, needed a whole number from 0 to 50, the rows that were held back]`,
    );
  });
});
