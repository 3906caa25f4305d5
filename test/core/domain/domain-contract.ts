import { describe, expect, it } from 'vitest';
import { type DomainSettings, domainShare, fitDomain, fittedDomainFromJSON } from '../../../core/domain/domain.ts';
import type { DomainMethod } from '../../../core/domain/methods.ts';
import { createRng } from '../../../core/random/rng.ts';
import { fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { type Column, createTable, type NumericColumn, type Table, takeRows } from '../../../core/table/table.ts';

/** Rows of two clusters: numbers that depend on the place, one that does not, and levels; one in thirty values is missing. */
export function drawRows(rows: number, seed: number): Table {
  const rng = createRng(seed, 'domain-rows');
  const missing = () => rng.nextInt(30) === 0;
  const place = Int32Array.from({ length: rows }, () => rng.nextInt(2));
  const numbers = (name: string, draw: (row: number) => number): Column => ({
    kind: 'numeric',
    name,
    integer: false,
    values: Float64Array.from({ length: rows }, (_, row) => (missing() ? Number.NaN : draw(row))),
  });
  const levels = (name: string, levels: string[], draw: (row: number) => number): Column => ({
    kind: 'categorical',
    name,
    levels,
    codes: Int32Array.from({ length: rows }, (_, row) => (missing() ? -1 : draw(row))),
  });
  return createTable([
    numbers('height', (row) => 170 + 10 * place[row] + 3 * rng.nextNormal()),
    levels('place', ['north', 'south'], (row) => place[row]),
    numbers('weight', (row) => 60 + 20 * place[row] + 5 * rng.nextNormal()),
    numbers('income', () => 1e5 * rng.nextFloat()),
    levels('colour', ['blue', 'green', 'red', 'white'], () => Math.min(3, rng.nextInt(9) % 5)),
  ]);
}

/** The same rows with these values in the column. */
export function withNumbers(table: Table, name: string, value: number): Table {
  return replaced(table, name, (column) => ({
    ...(column as NumericColumn),
    values: new Float64Array(table.rows).fill(value),
  }));
}

/** The same rows with this level in the column, one of several that the column declares. */
export function withLevel(table: Table, name: string, level: string): Table {
  const levels = ['another', level].sort();
  const codes = new Int32Array(table.rows).fill(levels.indexOf(level));
  return replaced(table, name, () => ({ kind: 'categorical', name, levels, codes }));
}

function replaced(table: Table, name: string, by: (column: Column) => Column): Table {
  return { ...table, columns: table.columns.map((column) => (column.name === name ? by(column) : column)) };
}

/** What every method must do, however it measures. */
export function itKeepsTheDomainContract(method: DomainMethod): void {
  const training = drawRows(1200, 0);
  const encoder = fitFeatureEncoder(training);
  const heldOut = drawRows(3000, 1);
  const fit = (settings: Partial<DomainSettings> = {}, table = training) =>
    fitDomain({ method, coverage: 0.95, ...settings }, table, encoder, createRng(0, 'domain-contract'));
  const domain = fit();

  describe(`${method} keeps the contract of domains`, () => {
    it.each([0.5, 0.8, 0.95, 0.99])('holds a share of about %s of new rows like the training rows', (coverage) => {
      const tolerance = 4 * Math.sqrt(coverage * (1 - coverage) * (1 / 1200 + 1 / 3000)) + 0.005;
      expect(Math.abs(domainShare(fit({ coverage }), heldOut) - coverage)).toBeLessThan(tolerance);
    });

    it('contains the rows that score 0 or more', () => {
      const inside = domain.contains(heldOut);
      expect(inside).toEqual(Uint8Array.from(domain.score(heldOut), (score) => (score >= 0 ? 1 : 0)));
      expect(domainShare(domain, heldOut)).toBe(inside.filter((flag) => flag === 1).length / 3000);
    });

    it('holds no row far away, infinitely far or not', () => {
      for (const far of [1e7, -1e7, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const rows = withNumbers(withNumbers(takeRows(heldOut, [0, 1, 2, 3]), 'height', far), 'weight', far);
        expect([...domain.contains(rows)]).toEqual([0, 0, 0, 0]);
        expect([...domain.score(rows)].every(Number.isFinite)).toBe(true);
      }
    });

    it('scores rows lower the farther a number is from all others', () => {
      const row = takeRows(heldOut, [5]);
      const scores = [180, 260, 400].map((height) => domain.score(withNumbers(row, 'height', height))[0]);
      expect(scores[0]).toBeGreaterThan(scores[1]);
      expect(scores[1]).toBeGreaterThanOrEqual(scores[2]);
    });

    it('takes a level that no training row has for farther away than any other, declared or not', () => {
      const rows = takeRows(
        heldOut,
        Int32Array.from({ length: 200 }, (_, row) => row),
      );
      const mean = (table: Table) => domain.score(table).reduce((sum, score) => sum + score, 0) / table.rows;
      const unseen = mean(withLevel(rows, 'colour', 'octarine'));
      for (const level of ['blue', 'green', 'red', 'white']) {
        expect(unseen).toBeLessThan(mean(withLevel(rows, 'colour', level)));
      }
    });

    it('takes a missing value for the training median or the most frequent level', () => {
      const { median } = encoder.features[2] as { median: number };
      const rows = takeRows(heldOut, [0, 1, 2]);
      expect(domain.score(withNumbers(rows, 'weight', Number.NaN))).toEqual(
        domain.score(withNumbers(rows, 'weight', median)),
      );
      const colourless = withLevel(rows, 'colour', 'blue');
      (colourless.columns[4] as { codes: Int32Array }).codes.fill(-1);
      const { levels, mode } = encoder.features[4] as { levels: readonly string[]; mode: number };
      expect(domain.score(colourless)).toEqual(domain.score(withLevel(rows, 'colour', levels[mode])));
    });

    it('finds columns by name: in any order, among others, with levels of any code', () => {
      const shuffled = {
        rows: heldOut.rows,
        columns: [...heldOut.columns.toReversed(), { ...heldOut.columns[0], name: 'more' }],
      };
      expect(domain.score(shuffled)).toEqual(domain.score(heldOut));
      const blue = takeRows(heldOut, [0, 1]);
      (blue.columns[4] as { codes: Int32Array }).codes.fill(0);
      expect(domain.score(withLevel(blue, 'colour', 'blue'))).toEqual(domain.score(blue));
    });

    it('scores each row by itself, and none where there are none', () => {
      const all = domain.score(heldOut);
      expect([...domain.score(takeRows(heldOut, [7, 3]))]).toEqual([all[7], all[3]]);
      expect(domain.score(takeRows(heldOut, []))).toEqual(new Float64Array());
      expect(domain.contains(takeRows(heldOut, []))).toEqual(new Uint8Array());
    });

    it('is the same from the same rows and seed, to the bit, and touches none', () => {
      const before = structuredClone(training);
      expect(JSON.stringify(fit().toJSON())).toBe(JSON.stringify(domain.toJSON()));
      expect(training).toEqual(before);
    });

    it('comes back from its JSON without loss', () => {
      const json = JSON.stringify(domain.toJSON());
      const restored = fittedDomainFromJSON(JSON.parse(json));
      expect(restored.score(heldOut)).toEqual(domain.score(heldOut));
      expect(JSON.stringify(restored.toJSON())).toBe(json);
      const few = takeRows(
        training,
        Int32Array.from({ length: 300 }, (_, row) => row),
      );
      const refitted = [domain, restored].map((from) => from.refit(few, createRng(0, 'refit')).score(heldOut));
      expect(refitted[1]).toEqual(refitted[0]);
    });

    it('is itself when it is refitted to the rows it was fitted to', () => {
      const { method: _, ...frame } = domain;
      expect(frame.refit(training, createRng(0, 'domain-contract')).score(heldOut)).toEqual(domain.score(heldOut));
    });

    it('is fitted to two rows, to equal rows, to numbers alone and to levels alone', () => {
      for (const table of [takeRows(training, [0, 1]), takeRows(training, [4, 4, 4, 4])]) {
        const tiny = fitDomain({ method, coverage: 0.9 }, table, fitFeatureEncoder(training), createRng(0, 'tiny'));
        expect([...tiny.score(table)].every(Number.isFinite)).toBe(true);
      }
      for (const kind of ['numeric', 'categorical']) {
        const part = { rows: training.rows, columns: training.columns.filter((column) => column.kind === kind) };
        const fitted = fitDomain({ method, coverage: 0.9 }, part, fitFeatureEncoder(part), createRng(0, 'part'));
        expect(domainShare(fitted, part)).toBeGreaterThan(0.85);
        expect(fittedDomainFromJSON(JSON.parse(JSON.stringify(fitted))).score(part)).toEqual(fitted.score(part));
      }
    });

    it('refuses other columns, too few rows and a coverage that is none', () => {
      const others = heldOut.columns.slice(1);
      const score = (columns: readonly Column[]) => () => domain.score({ rows: heldOut.rows, columns });
      expect(score(others)).toThrow(
        'domain: found no column height, needed numeric column height as in the training rows',
      );
      expect(score([{ ...others[0], name: 'height' }, ...others])).toThrow(
        'domain: found categorical column height, needed numeric column height as in the training rows',
      );
      expect(() => fit({}, takeRows(training, [0]))).toThrow('domain: found 1 training rows, needed at least 2');
      expect(() => domain.refit(takeRows(training, []), createRng(0, 'none'))).toThrow(
        'domain: found 0 training rows, needed at least 2',
      );
      expect(() => domainShare(domain, takeRows(heldOut, []))).toThrow(
        'share inside the domain: found no rows, needed at least 1',
      );
      for (const coverage of [0, 1, Number.NaN]) {
        expect(() => fit({ coverage })).toThrow(`domain, coverage: found ${coverage}, needed a number between 0 and 1`);
      }
    });
  });
}
