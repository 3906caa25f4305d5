import { describe, expect, it } from 'vitest';
import { domainColumns, encodeDomainRows, UNSEEN } from '../../../core/domain/columns.ts';
import { fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { createTable, type Table } from '../../../core/table/table.ts';

function tableOf(values: readonly number[], levels: readonly string[], codes: readonly number[]): Table {
  return createTable([
    { kind: 'categorical', name: 'level', levels, codes: Int32Array.from(codes) },
    { kind: 'numeric', name: 'x', integer: true, values: Float64Array.from(values) },
  ]);
}

describe('the columns of a domain', () => {
  const training = tableOf([10, 10, 20, 20, Number.NaN], ['a', 'b', 'c', 'd'], [3, 3, 1, 1, -1]);
  const columns = domainColumns(fitFeatureEncoder(training), training);

  it('know the levels that training rows have, and no others', () => {
    expect(columns).toEqual([
      { kind: 'categorical', name: 'level', levels: ['b', 'd'], mode: 'b' },
      { kind: 'numeric', name: 'x', mean: 15, deviation: 5, median: 10 },
    ]);
  });

  it('standardize numbers, find levels by name and fill in what is missing', () => {
    const rows = encodeDomainRows(columns, tableOf([25, Number.NaN, 15], ['d', 'e'], [0, -1, 1]));
    expect(rows).toEqual({
      rows: 3,
      numberCount: 1,
      codeCount: 1,
      numbers: Float32Array.of(2, -1, 0),
      codes: Uint8Array.of(1, 0, UNSEEN),
    });
  });

  it('take declared levels that no training row has for unseen', () => {
    expect([...encodeDomainRows(columns, tableOf([0, 0], ['a', 'c'], [0, 1])).codes]).toEqual([UNSEEN, UNSEEN]);
  });

  it('take numbers for a million deviations from the mean at most', () => {
    const far = [1e9, Number.MAX_VALUE, Number.POSITIVE_INFINITY, -1e300];
    expect([...encodeDomainRows(columns, tableOf(far, ['b'], [0, 0, 0, 0])).numbers]).toEqual([1e6, 1e6, 1e6, -1e6]);
  });

  it('refuse more than 255 levels', () => {
    const names = Array.from({ length: 256 }, (_, i) => String(1000 + i));
    const many = createTable([
      { kind: 'categorical', name: 'city', levels: names, codes: Int32Array.from(names.keys()) },
    ]);
    expect(() => domainColumns(fitFeatureEncoder(many), many)).toThrow(
      'domain, column city: found 256 levels, needed at most 255',
    );
  });
});
