import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { HEADER } from '../../samples/card-transactions/transaction.ts';
import { generateCardTransactions } from '../../samples/generate-card-transactions.ts';

const path = fileURLToPath(new URL('../../samples/card-transactions.csv', import.meta.url));
const committed = readFileSync(path, 'utf8');
const names = HEADER.split(',');
const rows = committed
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const columnOf = (name: string) => rows.map((row) => row[names.indexOf(name)]);

describe('the card transactions sample', () => {
  it('is what its generator writes, byte for byte', () => {
    const made = generateCardTransactions();
    expect(made === committed, 'run `node samples/generate-card-transactions.ts` and commit the file').toBe(true);
  });

  it('is under 2 MB', () => {
    expect(Buffer.byteLength(committed)).toBeLessThan(2e6);
  });

  it('has 20,000 rows, 2% of them fraud, with the label in the last column', () => {
    expect(names.at(-1)).toBe('outcome');
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([names.length]));
    const labels = columnOf('outcome');
    expect(labels.filter((label) => label === 'fraud')).toHaveLength(20_000 * 0.02);
    expect(labels.filter((label) => label === 'genuine')).toHaveLength(20_000 * 0.98);
  });

  it('is missing values in three columns, 1 to 4% of each, and over 90% of the rows of each class are complete', () => {
    const withMissing = names.filter((name) => columnOf(name).includes(''));
    expect(withMissing).toEqual(['device', 'distance_km', 'address_matches']);
    for (const name of withMissing) {
      const share = columnOf(name).filter((value) => value === '').length / rows.length;
      expect(share).toBeGreaterThan(0.01);
      expect(share).toBeLessThan(0.04);
    }
    for (const label of ['fraud', 'genuine']) {
      const ofClass = rows.filter((row) => row.at(-1) === label);
      const complete = ofClass.filter((row) => !row.includes(''));
      expect(complete.length / ofClass.length).toBeGreaterThan(0.9);
    }
  });

  it('has a unique identifier and no other repeated row', () => {
    expect(new Set(columnOf('transaction_id')).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.slice(1).join(','))).size).toBe(rows.length);
  });

  it('is in order of time, within the first quarter of 2025, on cards opened before', () => {
    const times = columnOf('transaction_time');
    expect(times).toEqual([...times].sort());
    expect(times[0] >= '2025-01-01 00:00:00').toBe(true);
    expect(times[times.length - 1] < '2025-04-01 00:00:00').toBe(true);
    expect(columnOf('card_opened').every((date) => date < '2025-01-01' && date > '2016-12-31')).toBe(true);
  });

  it('is read by DuckDB with the types that the README states', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_csv('${path}')`);
    const types = described.getRowObjects().map(({ column_name, column_type }) => `${column_name} ${column_type}`);
    connection.closeSync();
    expect(types).toEqual([
      'transaction_id VARCHAR',
      'transaction_time TIMESTAMP',
      'card_opened DATE',
      'amount DOUBLE',
      'spend_ratio DOUBLE',
      'merchant_category VARCHAR',
      'country VARCHAR',
      'entry_mode VARCHAR',
      'device VARCHAR',
      'distance_km DOUBLE',
      'transactions_24h BIGINT',
      'declined_24h BIGINT',
      'new_merchant BOOLEAN',
      'address_matches BOOLEAN',
      'outcome VARCHAR',
    ]);
  });
});
