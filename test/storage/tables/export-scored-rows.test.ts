import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { exportScoredRows, type RowScores } from '../../../storage/tables/export-scored-rows.ts';
import type { ImportedTable } from '../../../storage/tables/profile.ts';
import { isScoredFile } from '../../../storage/tables/scored-file.ts';
import { errorOf, query, useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();

const SCORES: RowScores = {
  probabilities: Float64Array.of(0.1, 1, 1e-7),
  predictions: ['fine', null, 'it is "fraud"'],
  inDomain: Uint8Array.of(1, 0, 1),
  domainScores: Float64Array.of(0.25, -3, 0),
};

async function exported(table: ImportedTable, format: 'csv' | 'parquet', scores = SCORES): Promise<string> {
  const path = tables.path(`scored.${format}`);
  const columns = table.columns.map(({ profile }) => profile);
  await exportScoredRows({ observedPath: tables.path('observed.parquet'), columns, scores, format, path });
  return path;
}

const CSV = 'id, day,note\n007, 01/02/2025,"a, ""b"""\n008,?,\n009,03/02/2025,x\n';

describe('exportScoredRows', () => {
  it('writes the rows as they are, each with its scores', async () => {
    const path = await exported(await tables.importContent(CSV), 'csv');
    expect(await readFile(path, 'utf8')).toBe(
      [
        'id,day,note,probability,prediction,in_domain,domain_score',
        '007,01/02/2025,"a, ""b""",0.1,fine,true,0.25',
        '008,,,1.0,,false,-3.0',
        '009,03/02/2025,x,1e-07,"it is ""fraud""",true,0.0',
        '',
      ].join('\n'),
    );
  });

  it('writes Parquet with types', async () => {
    const path = await exported(await tables.importContent(CSV), 'parquet');
    expect(await query(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '${path}')`)).toEqual([
      ['id', 'VARCHAR'],
      ['day', 'DATE'],
      ['note', 'VARCHAR'],
      ['probability', 'DOUBLE'],
      ['prediction', 'VARCHAR'],
      ['in_domain', 'BOOLEAN'],
      ['domain_score', 'DOUBLE'],
    ]);
    expect(await query(`SELECT probability, prediction, in_domain, domain_score FROM '${path}'`)).toEqual([
      [0.1, 'fine', true, 0.25],
      [1, null, false, -3],
      [1e-7, 'it is "fraud"', true, 0],
    ]);
  });

  it('keeps each row with its scores over many chunks', async () => {
    const rows = 10_000;
    const table = await tables.importContent(`i,w\n${Array.from({ length: rows }, (_, i) => `${i},x`).join('\n')}\n`);
    const values = Float64Array.from({ length: rows }, (_, i) => i / rows);
    const path = await exported(table, 'csv', {
      probabilities: values,
      predictions: Array.from(values, () => 'fine'),
      inDomain: new Uint8Array(rows),
      domainScores: values,
    });
    const written = await query(`SELECT i, probability FROM read_csv('${path}')`);
    expect(written.map(([i]) => Number(i))).toEqual(Array.from({ length: rows }, (_, i) => i));
    expect(written.every(([i, probability]) => probability === Number(i) / rows)).toBe(true);
  });

  it('refuses names that it adds itself, and leaves nothing behind', async () => {
    const table = await tables.importContent('id,Prediction,in_domain\n1,a,b\n2,c,d\n3,e,f\n');
    const path = tables.path('refused.csv');
    const target = { observedPath: tables.path('observed.parquet'), scores: SCORES, format: 'csv', path } as const;
    const columns = table.columns.map(({ profile }) => profile);
    expect(await errorOf(exportScoredRows({ ...target, columns }))).toBe(
      'UnsupportedColumnNameError: column "Prediction": found the name of a column that is added to the output (probability, ' +
        'prediction, in_domain, domain_score), needed another; rename it',
    );
    expect(existsSync(path)).toBe(false);
  });

  it('refuses scores of other rows', async () => {
    const table = await tables.importContent('id,a\n1,a\n2,c\n');
    expect(await errorOf(exported(table, 'csv'))).toBe(
      'InvalidArgumentError: scores: found 3, needed one for each of 2 rows',
    );
  });
});

describe('isScoredFile', () => {
  it('knows what scoring wrote', async () => {
    const table = await tables.importContent(CSV);
    for (const format of ['csv', 'parquet'] as const) {
      const path = await exported(table, format);
      expect(await isScoredFile(path, format), format).toBe(true);
      expect(await isScoredFile(path, format === 'csv' ? 'parquet' : 'csv'), `${format} as the other`).toBe(false);
    }
  });

  it.each([
    ['a table', 'id,probability\n1,2\n'],
    ['more columns after it', 'id,probability,prediction,in_domain,domain_score,comment\n'],
    ['text', 'a letter to a friend'],
    ['nothing', ''],
  ])('knows somebody else’s file: %s', async (_, content) => {
    const path = tables.path('other.csv');
    await writeFile(path, content);
    expect(await isScoredFile(path, 'csv')).toBe(false);
    expect(await isScoredFile(path, 'parquet')).toBe(false);
  });
});
