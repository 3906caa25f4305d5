import { describe, expect, it } from 'vitest';
import { encodeFeatures, fitFeatureEncoder, imputeMissing } from '../../../core/table/feature-encoder.ts';
import { createTable, type Table } from '../../../core/table/table.ts';

const colours = ['blue', 'green', 'red'];

function table(amounts: number[], codes: number[], levels = colours): Table {
  return createTable([
    { kind: 'numeric', name: 'amount', integer: false, values: Float64Array.from(amounts) },
    { kind: 'categorical', name: 'colour', levels, codes: Int32Array.from(codes) },
  ]);
}

describe('the feature encoder', () => {
  const training = table([2, 4, 6, Number.NaN], [0, 2, 2, -1]);
  const encoder = fitFeatureEncoder(training);
  const deviation = Math.sqrt(((2 - 4) ** 2 + 0 + (6 - 4) ** 2) / 3);

  it('standardizes numbers and drops the first level of a categorical', () => {
    const { rows, columns, data } = encodeFeatures(encoder, table([6, 4], [1, 0]));
    expect([rows, columns]).toEqual([2, 1 + 2]);
    expect([...data]).toEqual([Math.fround((6 - 4) / deviation), 1, 0, 0, 0, 0]);
  });

  it('fills gaps with the training median and the most frequent training level', () => {
    expect([...encodeFeatures(encoder, table([Number.NaN], [-1])).data]).toEqual([0, 0, 1]);
    const [amount, colour] = imputeMissing(encoder, table([Number.NaN, 9], [-1, 1])).columns;
    expect(amount).toMatchObject({ values: Float64Array.of(4, 9) });
    expect(colour).toMatchObject({ codes: Int32Array.of(2, 1) });
  });

  it('fills a gap in a whole column with a whole number', () => {
    const whole = createTable([{ kind: 'numeric', name: 'n', integer: true, values: Float64Array.of(1, 2, 3, 8) }]);
    const [filled] = imputeMissing(fitFeatureEncoder(whole), {
      rows: 1,
      columns: [{ kind: 'numeric', name: 'n', integer: true, values: Float64Array.of(Number.NaN) }],
    }).columns;
    expect(filled).toMatchObject({ values: Float64Array.of(2) });
  });

  it('takes nothing from the rows that it encodes', () => {
    const before = JSON.stringify(encoder);
    encodeFeatures(encoder, table([1e9], [1]));
    expect(JSON.stringify(encoder)).toBe(before);
  });

  it('is its own JSON', () => {
    const restored = JSON.parse(JSON.stringify(encoder));
    expect(encodeFeatures(restored, training)).toEqual(encodeFeatures(encoder, training));
  });

  it.each([7, 0.1, 1234.56])('encodes the constant %d as 0, and what differs from it by how much it does', (value) => {
    // The mean of ten times 0.1 is not 0.1 in binary fractions.
    const rows = new Array<number>(10).fill(value);
    const constant = fitFeatureEncoder(table(rows, new Array(10).fill(1)));
    const { data, columns } = encodeFeatures(constant, table([value, value + 0.5], [1, 1]));
    expect([data[0], data[columns]]).toEqual([0, value + 0.5 - value]);
  });

  it('refuses other columns and other levels than it was fitted to', () => {
    expect(() => encodeFeatures(encoder, createTable([training.columns[1], training.columns[0]]))).toThrow(
      'encoding: found categorical column colour, needed numeric column amount',
    );
    expect(() => encodeFeatures(encoder, table([1], [0], ['blue', 'green', 'violet']))).toThrow(
      'encoding: column colour has other levels than the encoder',
    );
    expect(() => fitFeatureEncoder(table([Number.NaN], [0]))).toThrow('column amount: all training values are missing');
    expect(() => fitFeatureEncoder(table([1], [-1]))).toThrow('column colour: all training values are missing');
  });
});
