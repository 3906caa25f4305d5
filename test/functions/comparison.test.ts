import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../contracts/report.ts';
import { fileUri } from '../../contracts/uri.ts';
import { STRATEGY_TYPES } from '../../core/strategies/strategy.ts';
import { takeRows } from '../../core/table/table.ts';
import { loadIndices, loadRows } from '../../functions/artifacts.ts';
import { loadOutcomes } from '../../functions/fold-outcomes.ts';
import { openStore } from '../../storage/open-store.ts';
import { readCsv, readManifest, readText, rebalance } from './run.ts';
import { HEADER, paymentsTable } from './tables.ts';

const table = paymentsTable();
const input = table.trimEnd().split('\n').slice(1);
const quick = { folds: 2, ratios: [1] };

async function readReport(out: string) {
  return reportSchema.parse(JSON.parse(await readText(out, 'report.json')));
}

/** The lines of the training set, without its flags. */
async function trainingLines(out: string): Promise<string[]> {
  const lines = (await readText(out, 'train.csv')).trimEnd().split('\n').slice(1);
  return lines.map((line) => line.replace(/,(true|false),(true|false)$/, ''));
}

describe('a run that compares', () => {
  it('judges every strategy on every training row, and on no other', async () => {
    const { out } = await rebalance(table, { evaluation: { ...quick, costs: { falsePositive: 1, falseNegative: 9 } } });
    const { comparison, verdict } = await readReport(out);
    const { counts, verdict: announced } = await readManifest(out);
    expect(comparison?.strategies.map(({ type }) => type)).toEqual(STRATEGY_TYPES);
    expect(comparison?.protocol).toMatchObject({
      kind: 'stratified',
      folds: 2,
      rows: counts.train,
      ofRows: counts.train,
    });
    for (const { counts: judged, id } of comparison?.strategies ?? []) {
      expect([id, judged.truePositives + judged.falseNegatives]).toEqual([id, counts.train.minority]);
      expect([id, judged.falsePositives + judged.trueNegatives]).toEqual([id, counts.train.majority]);
    }
    expect(verdict.headline).toBe(announced);
    expect(comparison?.published).toBe('algorithm-1@1');
  });

  it('publishes what the comparison finds best where that is asked for', async () => {
    const { out } = await rebalance(table, { strategy: 'auto', evaluation: { ...quick, metric: 'recall' } });
    const { comparison } = await readReport(out);
    const { strategy } = await readManifest(out);
    expect(strategy).toBe(comparison?.best);
    expect(comparison?.published).toBe(comparison?.best);
  });

  it('trains once what moving the threshold and doing nothing have in common', async () => {
    const { out } = await rebalance(table, { evaluation: quick });
    const folder = `${out}/runs/test/evaluate-fold`;
    const models = ['none', 'class-weights', 'sqrt-class-weights', 'under-sampling', 'over-sampling', 'algorithm-1'];
    expect((await readdir(folder)).toSorted()).toEqual(
      models.flatMap((model) => [`${model}.0.0.arrays`, `${model}.0.1.arrays`]).toSorted(),
    );
    const outcomes = await loadOutcomes(openStore(), fileUri(`${folder}/none.0.0.arrays`));
    expect([...outcomes.keys()]).toEqual(['none', 'threshold']);
    expect(outcomes.get('threshold')?.scores).toEqual(outcomes.get('none')?.scores);
  });

  it('compares on a sample of the training rows where there are more than it may use', async () => {
    const { out } = await rebalance(table, {
      evaluation: { ...quick, strategies: ['class-weights'], maximumRows: 100 },
    });
    const [store, run] = [openStore(), `${out}/runs/test`];
    const train = await loadRows(store, fileUri(`${run}/prepare-dataset/train.table`));
    const compared = await loadRows(store, fileUri(`${run}/plan-comparison/compared.table`));
    expect(compared.labels.reduce((sum, label) => sum + label, 0)).toBe(10);
    const places = Array.from(compared.origins, (origin) => train.origins.indexOf(origin));
    expect(places).not.toContain(-1);
    expect(new Set(places).size).toBe(100);
    expect(compared.table).toEqual(takeRows(train.table, Int32Array.from(places)));
    expect([...compared.labels]).toEqual(places.map((place) => train.labels[place]));
    const { comparison } = await readReport(out);
    expect(comparison?.protocol).toMatchObject({
      rows: { majority: 90, minority: 10 },
      ofRows: { majority: 216, minority: 24 },
    });
  });

  it('compares what is asked for beside what is named, and always doing nothing', async () => {
    const { out } = await rebalance(table, {
      strategy: 'over-sampling',
      sampling: { ratio: 2 },
      evaluation: { ...quick, strategies: ['threshold'] },
    });
    const { comparison } = await readReport(out);
    expect(comparison?.strategies.map(({ id }) => id)).toEqual(['none', 'threshold', 'over-sampling@2']);
  });

  it('uses fewer folds where the minority is small, and none where it is too small to be judged', async () => {
    const small = [
      ...input.filter((line) => line.endsWith('fine')),
      ...input.filter((l) => l.endsWith('fraud')).slice(0, 8),
    ];
    const few = await rebalance(`${[HEADER.join(','), ...small].join('\n')}\n`, { evaluation: { ...quick, folds: 5 } });
    expect((await readReport(few.out)).comparison?.protocol).toMatchObject({ folds: 2, rows: { minority: 6 } });
    const fewer = [HEADER.join(','), ...small.slice(0, -1)].join('\n');
    const none = await rebalance(`${fewer}\n`, { strategy: 'auto', split: { testFraction: 0.3 }, evaluation: quick });
    const report = await readReport(none.out);
    expect(report.comparison).toBeNull();
    expect(report.verdict.headline).toBe(
      'There are too few rows to compare the alternatives, so whether rebalancing was worth it is not known.',
    );
    expect(report.calibration).toBeNull();
    expect((await readManifest(none.out)).strategy).toBe('none');
  });
});

describe('the intervals of a comparison', () => {
  it('are cut off where a metric ends, and are not known of two folds', async () => {
    const intervalsOf = async (folds: number) => {
      const { out } = await rebalance(table, { evaluation: { strategies: ['under-sampling'], ratios: [1], folds } });
      const { comparison } = await readReport(out);
      return comparison!.strategies.flatMap(({ metrics, recallAtMatchedFpr }) => [metrics.recall, recallAtMatchedFpr]);
    };
    const ofThree = await intervalsOf(3);
    expect(Math.min(...ofThree.map(({ low }) => low!))).toBe(0);
    expect(Math.max(...ofThree.map(({ high }) => high!))).toBe(1);
    expect((await intervalsOf(2)).map(({ low, high }) => [low, high])).toEqual(Array(6).fill([null, null]));
  });
});

describe('what is published', () => {
  it('of Algorithm 1 at the ratio of the request, is what lines 1 to 6 have made', async () => {
    const { out } = await rebalance(table);
    const store = openStore();
    const at = (path: string) => fileUri(`${out}/runs/test/${path}`);
    const published = await loadRows(store, at('fit-model/published.table'));
    const merged = await loadRows(store, at('merge-rows/merged.table'));
    const kept = await loadIndices(store, at('undersample-majority/kept.arrays'));
    expect([...published.origins]).toEqual(Array.from(kept, (row) => merged.origins[row]));
    expect([...published.labels]).toEqual(Array.from(kept, (row) => merged.labels[row]));
    for (const [c, column] of published.table.columns.entries()) {
      const before = merged.table.columns[c];
      if (column.kind === 'numeric' && before.kind === 'numeric') {
        expect([...column.values]).toEqual(Array.from(kept, (row) => before.values[row]));
      }
      if (column.kind === 'categorical' && before.kind === 'categorical') {
        expect([...column.codes]).toEqual(Array.from(kept, (row) => before.codes[row]));
      }
    }
    const { metrics } = await readManifest(out);
    expect(metrics.published).toEqual(metrics.rebalanced);
  });

  it.each(['none', 'class-weights', 'threshold'] as const)(
    'of %s, is every observed training row once',
    async (strategy) => {
      const { out } = await rebalance(table, { strategy, evaluation: { ...quick, strategies: ['none'] } });
      const held = new Set((await readText(out, 'test.csv')).trimEnd().split('\n').slice(1));
      expect(await trainingLines(out)).toEqual(input.filter((line) => !held.has(line)));
    },
  );

  it('of over-sampling, is every majority row once and minority rows as often as it takes, in the order of the table', async () => {
    const { out } = await rebalance(table, { strategy: 'over-sampling' });
    const lines = await trainingLines(out);
    const ofClass = (label: string) => lines.filter((line) => line.endsWith(label));
    expect(new Set(ofClass('fine')).size).toBe(216);
    expect(ofClass('fine')).toHaveLength(216);
    expect(new Set(ofClass('fraud')).size).toBe(24);
    expect(ofClass('fraud')).toHaveLength(216);
    const order = lines.map((line) => input.indexOf(line));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('names, for every synthetic row, its noise and the observed rows that it is closest to', async () => {
    const { out } = await rebalance(table, { seed: 7 });
    const { header, rows } = await readCsv(out, 'provenance.csv');
    const train = await readCsv(out, 'train.csv');
    const at = (row: string[], name: string) => row[header.indexOf(name)];
    expect(rows).toHaveLength(train.rows.filter((row) => row.at(-2) === 'true').length);
    for (const row of rows) {
      const published = train.rows[Number(at(row, 'train_row')) - 1];
      expect(published.at(-2)).toBe('true');
      expect(published.at(-1)).toBe(at(row, 'in_domain'));
      expect(at(row, 'noise_seed')).toBe('7');
      for (const n of [1, 2, 3]) expect(input[Number(at(row, `nearest_row_${n}`)) - 1]).toMatch(/,fraud$/);
      const [near, far] = [1, 3].map((n) => Number(at(row, `nearest_distance_${n}`)));
      expect(near).toBeLessThanOrEqual(far);
      expect(Number(at(row, 'domain_score')) >= 0).toBe(at(row, 'in_domain') === 'true');
    }
    const indices = rows.map((row) => Number(at(row, 'noise_index')));
    expect(new Set(indices).size).toBe(indices.length);
  });
});

describe('rows that have an order', () => {
  it('are split by whole groups', async () => {
    let row = 0;
    const visits = table.replaceAll(',card,', () => `,customer ${row++ % 40},`);
    const { out } = await rebalance(visits, { split: { group: 'note' }, evaluation: quick });
    const customer = HEADER.indexOf('note');
    const ofTest = new Set((await readCsv(out, 'test.csv')).rows.map((line) => line[customer]));
    const train = (await readCsv(out, 'train.csv')).rows.filter((line) => line.at(-2) === 'false');
    expect(ofTest.size).toBeGreaterThan(2);
    expect(train.map((line) => line[customer]).filter((name) => ofTest.has(name))).toEqual([]);
    const { columns } = await readManifest(out);
    expect(columns[customer]).toMatchObject({ name: 'note', role: 'group' });
    const { comparison, test } = await readReport(out);
    expect(comparison?.protocol).toMatchObject({ kind: 'grouped', column: 'note' });
    expect(test.bootstrap).toMatchObject({ kind: 'grouped', units: ofTest.size });
    expect(test.bootstrap.intervals).toContain('With fewer than 10 groups these intervals are too narrow');
  });

  it('are refused where the groups that are held out have none of the minority', async () => {
    let row = 0;
    const shops = table.replaceAll(
      /,card,(\w+)/g,
      (_, label) => `,${label === 'fraud' ? 'A' : `B${row++ % 3}`},${label}`,
    );
    const { outcome } = await rebalance(shops, { split: { group: 'note' } });
    expect(outcome).toMatchObject({ status: 'failed', error: 'TooFewMinorityRowsError' });
    expect((outcome as { cause: string }).cause).toContain(
      '(whole groups of "note" are held out); needed at least 5 and 2',
    );
  });

  it('are split by time: the latest are the test', async () => {
    const { out } = await rebalance(table, { split: { time: 'day' }, evaluation: quick });
    const day = HEADER.indexOf('day');
    const days = (rows: string[][]) => rows.map((row) => row[day]).sort();
    const test = days((await readCsv(out, 'test.csv')).rows);
    const train = days((await readCsv(out, 'train.csv')).rows.filter((row) => row.at(-2) === 'false'));
    expect(train.at(-1)! < test[0]).toBe(true);
    const report = await readReport(out);
    expect(report.comparison?.protocol).toMatchObject({ kind: 'time-ordered', column: 'day' });
    expect(report.test.bootstrap).toMatchObject({ kind: 'time-ordered', units: 20, replicates: 1000 });
  });

  it.each([
    [{ group: 'contry' }, 'split.group: found no column "contry"; did you mean "country"?'],
    [{ time: 'label' }, 'split.time: found the label column "label", needed another'],
    [{ time: 'country' }, 'split.time: found text in column "country", needed dates, timestamps or numbers'],
  ])('that cannot be found is refused: %j', async (split, cause) => {
    const { outcome } = await rebalance(table, { split });
    expect(outcome).toMatchObject({ status: 'failed', error: 'InvalidRequestError', cause });
  });
});
