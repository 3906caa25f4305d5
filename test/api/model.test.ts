import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  decide,
  decidedLabel,
  InvalidModelError,
  InvalidRowsError,
  loadModel,
  MissingColumnsError,
  type RowRecord,
  scoreRows,
  tableFromRecords,
} from '../../api/model.ts';
import type { ModelColumn } from '../../core/model/model-column.ts';
import { scoringModelToJSON } from '../../core/model/model-json.ts';
import { takeRows } from '../../core/table/table.ts';
import { fraudModel, payments } from '../core/model/fraud-model.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const model = fraudModel();
const json = JSON.parse(JSON.stringify(scoringModelToJSON(model)));
const { table } = payments(20);

/** The rows of `payments` as a program would have them. */
function records(): RowRecord[] {
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(
      table.columns.map((column) => {
        if (column.kind === 'categorical') {
          const level = column.levels[column.codes[row]];
          return [column.name, column.name === 'online' ? level === 'True' : level];
        }
        const value = column.values[row];
        return [column.name, column.name === 'day' ? new Date(value * 86_400_000) : Number.isNaN(value) ? null : value];
      }),
    ),
  );
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-api-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('loadModel', () => {
  it('takes what was parsed, a path and a file URL', async () => {
    const path = join(temporaryFolder(), 'model.json');
    await writeFile(path, JSON.stringify(json));
    const expected = scoreRows(model, table);
    for (const source of [json, path, pathToFileURL(path)]) {
      expect(scoreRows(await loadModel(source), table)).toEqual(expected);
    }
  });

  it('refuses what is no model', async () => {
    const path = join(temporaryFolder(), 'model.json');
    await writeFile(path, '{');
    await expect(loadModel(path)).rejects.toThrow(InvalidModelError);
    await expect(loadModel(path)).rejects.toThrow(`${path}: found what is no JSON (`);
    await expect(loadModel({})).rejects.toThrow('model: found no format');
    await expect(loadModel(`${path}.gone`)).rejects.toThrow('ENOENT');
  });
});

describe('tableFromRecords', () => {
  it('gives the rows that the model would have read from a file', () => {
    expect(scoreRows(model, tableFromRecords(model, records()))).toEqual(scoreRows(model, table));
  });

  it('leads to labels', () => {
    const scored = scoreRows(model, tableFromRecords(model, records()));
    const labels = Array.from(decide(scored, 'abstain'), (decision) => decidedLabel(model, decision));
    expect(labels).toEqual(
      Array.from(scored.predictions, (fraud, row) => (scored.inDomain[row] ? (fraud ? 'fraud' : 'fine') : null)),
    );
    expect(new Set(labels)).toContain('fraud');
  });

  it('counts unseen levels, of the rows that have them', () => {
    const [first, second, ...others] = records();
    const strange = [{ ...first, country: 'BR' }, { ...second, country: 3, zone: 1 }, ...others];
    expect(scoreRows(model, tableFromRecords(model, strange)).unseen).toEqual([
      { column: 'country', rows: 2, levels: ['3', 'BR'] },
    ]);
  });

  const COLUMNS: readonly ModelColumn[] = [
    { kind: 'numeric', name: 'n', integer: true, type: 'integer' },
    { kind: 'numeric', name: 'd', integer: true, type: 'date', format: '%d/%m/%Y' },
    { kind: 'numeric', name: 't', integer: true, type: 'timestamp' },
    { kind: 'categorical', name: 'c', levels: ['1', 'true', 'x'], type: 'text' },
  ];
  const FULL = { n: 1, d: '2025-03-01', t: '2025-03-01 12:30', c: 'x' };
  const tableOf = (...rows: RowRecord[]) => tableFromRecords({ columns: COLUMNS }, rows).columns;

  it('reads dates and times in UTC, where they name no zone', () => {
    const [, days, times] = tableOf(
      FULL,
      { d: new Date('2025-03-02'), t: '2025-03-01T12:30:05.5Z' },
      { d: '2024-02-29', t: '2025-03-01T12:30:00+02:00' },
      { d: '', t: new Date(7) },
    );
    expect(days).toMatchObject({
      values: Float64Array.of(
        Date.UTC(2025, 2, 1) / 86_400_000,
        Date.UTC(2025, 2, 2) / 86_400_000,
        Date.UTC(2024, 1, 29) / 86_400_000,
        Number.NaN,
      ),
    });
    expect(times).toMatchObject({
      values: Float64Array.of(
        Date.UTC(2025, 2, 1, 12, 30),
        Date.UTC(2025, 2, 1, 12, 30, 5, 500),
        Date.UTC(2025, 2, 1, 10, 30),
        7,
      ),
    });
  });

  it('takes null, undefined, NaN, the empty text and what is left out for missing', () => {
    const [numbers, , , levels] = tableOf(
      FULL,
      { n: null, c: null },
      { n: undefined, c: undefined },
      { n: Number.NaN, c: '' },
      {},
    );
    expect(numbers).toMatchObject({ values: Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN, Number.NaN) });
    expect(levels).toMatchObject({ levels: ['x'], codes: Int32Array.of(0, -1, -1, -1, -1) });
  });

  it('takes levels by their spelling', () => {
    const [, , , levels] = tableOf(FULL, { c: 1 }, { c: true }, { c: '1' });
    expect(levels).toMatchObject({ levels: ['1', 'true', 'x'], codes: Int32Array.of(2, 0, 1, 0) });
  });

  it('takes no rows', () => {
    expect(tableOf().map((column) => column.name)).toEqual(['n', 'd', 't', 'c']);
  });

  it.each<[RowRecord, string]>([
    [{ n: '3' }, 'rows, row 2, column "n": found "3", needed a finite number, or null where it is not known'],
    [{ n: Number.POSITIVE_INFINITY }, 'column "n": found Infinity, needed a finite number'],
    [{ n: true }, 'column "n": found true, needed a finite number'],
    [{ d: '03/01/2025' }, 'column "d": found "03/01/2025", needed a Date or YYYY-MM-DD'],
    [{ d: '2025-02-30' }, 'column "d": found "2025-02-30", needed a Date or YYYY-MM-DD'],
    [{ d: 20_148 }, 'column "d": found 20148, needed a Date or YYYY-MM-DD'],
    [{ d: new Date(Number.NaN) }, 'column "d": found Invalid Date, needed a Date or YYYY-MM-DD'],
    [{ t: 'noon' }, 'column "t": found "noon", needed a Date or an ISO 8601 timestamp'],
    [{ c: new Date(0) }, 'column "c": found Thu Jan 01 1970'],
  ])('refuses %j', (row, message) => {
    expect(() => tableOf(FULL, row)).toThrow(InvalidRowsError);
    expect(() => tableOf(FULL, row)).toThrow(message);
  });

  it('refuses rows of which none has a column', () => {
    const refused = () => tableOf({ n: 1 }, { d: null });
    expect(refused).toThrow(MissingColumnsError);
    expect(refused).toThrow(
      'rows: found no value for "t", "c" in any of 2 rows, needed all 4 columns that the model was trained on; give null for a ' +
        'value that is not known',
    );
  });
});

describe('the module', () => {
  it('loads neither DuckDB nor an SDK, only files and what it is made of', async () => {
    const outfile = join(temporaryFolder(), 'model.mjs');
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: ['api/model.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      metafile: true,
      outfile,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((input) => !/^(api|core)\//.test(input))).toEqual([]);
    const [{ imports }] = Object.values(metafile.outputs);
    expect([...new Set(imports.map(({ path }) => path))]).toEqual(['node:fs/promises']);

    const bundled: typeof import('../../api/model.ts') = await import(pathToFileURL(outfile).href);
    expect((await readFile(outfile, 'utf8')).length).toBeLessThan(300_000);
    const scored = bundled.scoreRows(await bundled.loadModel(json), bundled.tableFromRecords(model, records()));
    expect(scored).toEqual(
      scoreRows(
        model,
        takeRows(
          table,
          Int32Array.from({ length: table.rows }, (_, row) => row),
        ),
      ),
    );
  });
});
