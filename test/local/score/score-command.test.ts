import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { scoringSummarySchema } from '../../../contracts/scoring-summary.ts';
import { fileUri } from '../../../contracts/uri.ts';
import { scoringModelToJSON } from '../../../core/model/model-json.ts';
import { scoreRows } from '../../../core/model/score-rows.ts';
import { runCli } from '../../../local/command/cli.ts';
import { fraudModel, payments, paymentsCsv } from '../../core/model/fraud-model.ts';
import { query } from '../../storage/tables/temporary-table.ts';
import { fakeContext } from '../fakes/fake-context.ts';

const model = fraudModel();
const rows = payments(60);

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-score-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'model.json'), JSON.stringify(scoringModelToJSON(model)));
  await writeFile(join(folder, 'rows.csv'), paymentsCsv(rows));
});

async function score(...args: string[]) {
  const context = fakeContext(folder);
  const code = await runCli(['score', ...args], context);
  return { code, out: context.out(), err: context.err() };
}

async function summaryOf(...args: string[]) {
  const { code, out, err } = await score(...args, '--json');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^[^\n]+\n$/);
  return scoringSummarySchema.parse(JSON.parse(out));
}

async function cells(file: string): Promise<string[][]> {
  const text = await readFile(join(folder, file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}

async function scoresIn(
  file: string,
): Promise<Record<'probability' | 'prediction' | 'inDomain' | 'domainScore', string>[]> {
  const [, ...all] = await cells(file);
  return all.map((row) => {
    const [probability, prediction, inDomain, domainScore] = row.slice(-4);
    return { probability, prediction, inDomain, domainScore };
  });
}

/** The rows, with other values in one column of some of them. */
function changedRows(column: string, values: Record<number, string>, options?: { labelled: boolean }): string {
  const [header, ...lines] = paymentsCsv(rows, options).trimEnd().split('\n');
  const index = header.split(',').indexOf(column);
  const changed = lines.map((line, row) =>
    line
      .split(',')
      .with(index, values[row] ?? line.split(',')[index])
      .join(','),
  );
  return `${[header, ...changed].join('\n')}\n`;
}

describe('counterpoise score', () => {
  it('writes every row with what the model says of it', async () => {
    expect(await score('rows.csv', '--model', '.')).toMatchObject({ code: 0, err: '' });
    const expected = scoreRows(model, rows.table);
    const [header, ...written] = await cells('rows-scored.csv');
    const [ownHeader, ...own] = paymentsCsv(rows)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(header).toEqual([...ownHeader, 'probability', 'prediction', 'in_domain', 'domain_score']);
    expect(written.map((row) => row.slice(0, -4))).toEqual(own);
    expect(await scoresIn('rows-scored.csv')).toEqual(
      Array.from(expected.predictions, (prediction, row) => ({
        probability: expect.toSatisfy((text) => Number(text) === expected.probabilities[row]),
        prediction: prediction ? 'fraud' : 'fine',
        inDomain: String(expected.inDomain[row] === 1),
        domainScore: expect.toSatisfy((text) => Number(text) === expected.domainScores[row]),
      })),
    );
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'rows-scored.csv', 'rows.csv']);
  });

  it('says what came out, and how it compares with labels that are there', async () => {
    await writeFile(join(folder, 'rows.csv'), paymentsCsv(rows, { labelled: true }));
    const { predictions, inDomain, probabilities } = scoreRows(model, rows.table);
    const of = (prediction: number, label: number) =>
      predictions.filter((each, row) => each === prediction && rows.labels[row] === label).length;
    const [tp, fp, fn, tn] = [of(1, 1), of(1, 0), of(0, 1), of(0, 0)];
    expect(Math.min(tp, fp, fn, tn)).toBeGreaterThan(0);
    const outside = inDomain.filter((inside) => !inside).length;

    const { out } = await score('rows.csv', '--model', 'model.json', '--output', 'elsewhere/s.csv');
    const said = out.replaceAll(/ +/g, ' ');
    expect(said).toContain(
      'rows.csv -> elsewhere/s.csv\n by model.json\n strategy none, probabilities not calibrated\n',
    );
    expect(said).toContain(`\n called "fraud" ${tp + fp} ${((100 * (tp + fp)) / 60).toFixed(1)}%, score from 0.5 on\n`);
    expect(said).toContain(`\n outside the domain ${outside} ${((100 * outside) / 60).toFixed(1)}%, flagged\n`);
    expect(said).toContain('Compared with the label column outcome (60 rows):\n');
    expect(said).toContain(
      `true positives ${tp}\n false positives ${fp}\n false negatives ${fn}\n true negatives ${tn}\n`,
    );
    expect(said).toContain(`recall ${(tp / (tp + fn)).toFixed(3)} precision ${(tp / (tp + fp)).toFixed(3)} `);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

    const summary = await summaryOf('rows.csv', '--model', 'model.json');
    expect(summary).toMatchObject({
      type: 'rows-scored',
      input: fileUri(join(folder, 'rows.csv')),
      output: fileUri(join(folder, 'rows-scored.csv')),
      model: { uri: fileUri(join(folder, 'model.json')), execution: 'test-run', strategy: 'none', calibration: 'none' },
      threshold: 0.5,
      thresholdRule: null,
      outside: 'flag',
      rows: 60,
      predicted: { minority: tp + fp, majority: tn + fn, abstained: 0, minorityShare: (tp + fp) / 60 },
      meanProbability: expect.closeTo(probabilities.reduce((sum, p) => sum + p, 0) / 60, 12),
      domain: { outside, outsideShare: outside / 60 },
      unseenLevels: [],
      evaluation: {
        rows: 60,
        unlabelled: 0,
        counts: { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn },
        metrics: { recall: tp / (tp + fn), precision: tp / (tp + fp) },
      },
    });
    expect(Object.keys(summary.evaluation?.metrics ?? {})).not.toContain('expected-value');
  });

  it('prints nothing where it is asked to be quiet', async () => {
    expect(await score('rows.csv', '--model', '.', '-q')).toEqual({ code: 0, out: '', err: '' });
  });

  it.each(['flag', 'abstain', 'default'])('outside of the domain: %s', async (outside) => {
    // Amounts that no payment has.
    const strange = Object.fromEntries(Array.from({ length: 20 }, (_, row) => [row, row % 2 ? '99999' : '-99999']));
    await writeFile(join(folder, 'rows.csv'), changedRows('amount', strange, { labelled: true }));
    const summary = await summaryOf('rows.csv', '--model', '.', '--outside', outside);
    const written = await scoresIn('rows-scored.csv');
    const inside = written.filter(({ inDomain }) => inDomain === 'true');
    const out = written.filter(({ inDomain }) => inDomain === 'false');
    expect([written[0].inDomain, written[1].inDomain]).toEqual(['false', 'false']);
    expect(summary).toMatchObject({ outside, domain: { outside: out.length } });
    expect(new Set(inside.map(({ prediction }) => prediction))).toEqual(new Set(['fraud', 'fine']));
    const decided = { flag: new Set(['fraud', 'fine']), abstain: new Set(['']), default: new Set(['fine']) }[outside];
    expect(new Set(out.map(({ prediction }) => prediction))).toEqual(decided);
    const abstained = outside === 'abstain' ? out.length : 0;
    expect(summary.predicted.abstained).toBe(abstained);
    expect(summary.evaluation).toMatchObject({ rows: 60 - abstained, unlabelled: 0 });
    const fraud = written.filter(({ prediction }) => prediction === 'fraud').length;
    expect(summary.predicted).toMatchObject({ minority: fraud, minorityShare: fraud / (60 - abstained) });
  });

  it('takes a threshold by its rule, or as a number', async () => {
    const { scores } = scoreRows(model, rows.table);
    for (const [text, threshold, thresholdRule] of [
      ['max-f1', 0.25, 'max-f1'],
      ['0.9', 0.9, null],
      ['-1', -1, null],
    ] as const) {
      const summary = await summaryOf('rows.csv', '--model', '.', `--threshold=${text}`);
      expect(summary).toMatchObject({ threshold, thresholdRule });
      expect(summary.predicted.minority).toBe(scores.filter((value) => value >= threshold).length);
    }
  });

  it('counts levels that did not occur in training, and reads columns as they were there', async () => {
    await writeFile(join(folder, 'rows.csv'), changedRows('country', { 3: 'BR', 4: 'AT', 9: 'BR' }));
    expect((await summaryOf('rows.csv', '--model', '.')).unseenLevels).toEqual([
      { column: 'country', rows: 3, distinct: 2, levels: ['AT', 'BR'] },
    ]);
    const { out } = await score('rows.csv', '--model', '.');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      '3 rows with levels of country that did not occur in training, taken for missing: "AT", "BR"',
    );
    // The column zone would be numbers, were it not for the model; booleans are spelled in another way.
    const digits = Object.fromEntries(Array.from(rows.labels.keys(), (row) => [row, String(1 + (row % 2))]));
    const upper = changedRows('zone', digits).replaceAll(',True,', ',TRUE,').replaceAll(',False,', ',FALSE,');
    await writeFile(join(folder, 'rows.csv'), upper);
    expect((await summaryOf('rows.csv', '--model', '.')).unseenLevels).toEqual([]);
  });

  it('leaves rows without one of the two labels out of the comparison', async () => {
    await writeFile(join(folder, 'rows.csv'), changedRows('outcome', { 1: '', 2: 'unclear' }, { labelled: true }));
    expect((await summaryOf('rows.csv', '--model', '.')).evaluation).toMatchObject({
      rows: 58,
      unlabelled: 2,
      otherLabels: ['unclear'],
    });
    const every = Object.fromEntries(Array.from(rows.labels.keys(), (row) => [row, 'unclear']));
    await writeFile(join(folder, 'rows.csv'), changedRows('outcome', every, { labelled: true }));
    expect((await summaryOf('rows.csv', '--model', '.')).evaluation).toMatchObject({
      rows: 0,
      unlabelled: 60,
      otherLabels: ['unclear'],
      counts: { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 },
      metrics: { mcc: null, recall: null, 'pr-auc': null, brier: null },
    });
    const { out } = await score('rows.csv', '--model', '.');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'Nothing to compare with in the label column outcome: no row that was decided has the label "fraud" or "fine" (the ' +
        'column has "unclear").',
    );
    const none = Object.fromEntries(Array.from(rows.labels.keys(), (row) => [row, '']));
    await writeFile(join(folder, 'rows.csv'), changedRows('outcome', none, { labelled: true }));
    expect((await summaryOf('rows.csv', '--model', '.')).evaluation).toBeNull();
  });

  it('reads gzip and Parquet, files without a header, and writes Parquet', async () => {
    await score('rows.csv', '--model', '.');
    const expected = await scoresIn('rows-scored.csv');
    await writeFile(join(folder, 'zipped.csv.gz'), gzipSync(paymentsCsv(rows)));
    const [header, ...lines] = paymentsCsv(rows).trimEnd().split('\n');
    await writeFile(join(folder, 'headless.csv'), lines.join('\n'));
    await query(`COPY (FROM read_csv('${folder}/rows.csv', dateformat = '%d/%m/%Y')) TO '${folder}/typed.parquet'`);
    for (const args of [['zipped.csv.gz'], ['headless.csv', '--columns', header], ['typed.parquet']]) {
      expect(await score(...args, '--model', '.')).toMatchObject({ code: 0, err: '' });
      expect(await scoresIn(`${args[0].split('.')[0]}-scored.csv`), args[0]).toEqual(expected);
    }
    for (const args of [
      ['--format', 'parquet'],
      ['--output', 'rows-scored.parquet'],
    ]) {
      expect(await summaryOf('typed.parquet', '--model', '.', ...args)).toMatchObject({ rows: 60 });
    }
    const parquet = await query(`SELECT prediction, in_domain FROM '${folder}/typed-scored.parquet'`);
    expect(parquet).toEqual(expected.map(({ prediction, inDomain }) => [prediction, inDomain === 'true']));
    expect(await query(`SELECT prediction, in_domain FROM '${folder}/rows-scored.parquet'`)).toEqual(parquet);
  });

  it('replaces what it wrote itself, and nothing else', async () => {
    await score('rows.csv', '--model', '.');
    const first = await readFile(join(folder, 'rows-scored.csv'), 'utf8');
    await writeFile(join(folder, 'rows.csv'), paymentsCsv(payments(50)));
    expect((await score('rows.csv', '--model', '.')).code).toBe(0);
    expect(await readFile(join(folder, 'rows-scored.csv'), 'utf8')).not.toBe(first);
    await writeFile(join(folder, 'rows-scored.csv'), 'id,comment\n1,mine\n');
    expect(await score('rows.csv', '--model', '.')).toEqual({
      code: 2,
      out: '',
      err: '--output: rows-scored.csv exists, and is not what this command writes; remove it, or name another file\n',
    });
    expect(await readFile(join(folder, 'rows-scored.csv'), 'utf8')).toBe('id,comment\n1,mine\n');
  });

  it.each<[string[], string | (() => string)]>([
    [['row.csv', '--model', '.'], () => `rows: found no file ${folder}/row.csv; did you mean ${folder}/rows.csv?`],
    [['.', '--model', '.'], () => `rows: found a folder at ${folder}, needed a file`],
    [['rows.csv', '--model', 'none'], () => `--model: found no file ${folder}/none`],
    [
      ['rows.csv', '--model', '.', '--output', 'rows.csv'],
      '--output: would overwrite the rows, rows.csv; name another file',
    ],
    [
      ['rows.csv', '--model', '.', '--output', 'x.xlsx'],
      '--output: found "x.xlsx", needed a file whose name ends in .csv or .parquet',
    ],
    [
      ['rows.csv', '--model', '.', '--output', 'x.csv', '--format', 'parquet'],
      '--format: found parquet, and --output names a file of csv; leave one out',
    ],
    [['rows.csv', '--model', '.', '--format', 'json'], '--format: found "json", needed one of csv, parquet'],
    [
      ['rows.csv', '--model', '.', '--outside', 'guess'],
      '--outside: found "guess", needed one of abstain, flag, default',
    ],
    [['rows.csv', '--model', '.', '--threshold', 'half'], '--threshold: found "half", needed a number, or max-f1'],
    [
      ['rows.csv', '--model', '.', '--threshold', 'precision-at-least'],
      '--threshold: no threshold of this model fulfils precision-at-least (precision at least 0.99); needed a number, or max-f1',
    ],
    [
      ['rows.csv'],
      "error: required option '--model <where>' not specified\n(counterpoise --help explains every option)",
    ],
    [['--model', '.'], "error: missing required argument 'rows'\n(counterpoise --help explains every option)"],
  ])('refuses %j', async (args, message) => {
    expect(await score(...args)).toEqual({
      code: 2,
      out: '',
      err: `${typeof message === 'string' ? message : message()}\n`,
    });
  });

  it.each<[string, () => string, string]>([
    [
      'text among numbers',
      () => changedRows('amount', { 6: 'a lot' }),
      'rows.csv, data row 7, column "amount": found "a lot", needed a finite number',
    ],
    [
      'missing columns',
      () => 'id,amount\n1,2\n',
      'rows.csv: found no column "country", "online", "day", "zone", needed all 5',
    ],
    [
      'its own columns',
      () => changedRows('id', {}).replace('id,', 'prediction,'),
      'UnsupportedColumnNameError: column "prediction"',
    ],
    ['no rows', () => 'id,amount\n', 'EmptyTableError'],
  ])('fails on rows with %s, and leaves nothing behind', async (_, csv, message) => {
    await writeFile(join(folder, 'rows.csv'), csv());
    const { code, out, err } = await score('rows.csv', '--model', '.');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'rows.csv']);
  });

  it('fails on a model that is none', async () => {
    await writeFile(join(folder, 'model.json'), '{"format":"counterpoise-model","version":7}');
    const { code, err } = await score('rows.csv', '--model', '.');
    expect(code).toBe(1);
    expect(err).toBe(
      `InvalidModelError: ${fileUri(join(folder, 'model.json'))}: found version 7 of the model format, needed 1 at most: a ` +
        'newer release wrote it; update Counterpoise to read it\n',
    );
  });

  it('says on a terminal how far it is', async () => {
    const [header, ...lines] = paymentsCsv(rows).trimEnd().split('\n');
    const many = Array.from({ length: 10_000 }, (_, row) => lines[row % lines.length]);
    await writeFile(join(folder, 'rows.csv'), [header, ...many].join('\n'));
    const context = fakeContext(folder);
    context.stderr.isTTY = true;
    expect(await runCli(['score', 'rows.csv', '--model', '.'], context)).toBe(0);
    expect(context.err()).toBe('\r  8,192 of 10,000 rows\x1b[K\r\x1b[K');
    for (const quiet of ['--json', '--quiet']) {
      const silent = fakeContext(folder);
      silent.stderr.isTTY = true;
      expect(await runCli(['score', 'rows.csv', '--model', '.', quiet], silent)).toBe(0);
      expect(silent.err()).toBe('');
    }
  });

  it('stops at Ctrl-C, and leaves nothing behind', async () => {
    const context = fakeContext(folder);
    const running = runCli(['score', 'rows.csv', '--model', '.'], context);
    while (context.signals.listenerCount('SIGINT') === 0) await setTimeout(1);
    context.signals.emit('SIGINT');
    expect(await running).toBe(130);
    expect([context.out(), context.err()]).toEqual(['', '\nStopped. Nothing was written.\n']);
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'rows.csv']);
    expect(context.signals.listenerCount('SIGINT')).toBe(0);
  });

  it('explains every option in 80 columns', async () => {
    const { code, out } = await score('--help');
    expect(code).toBe(0);
    for (const name of ['model', 'threshold', 'outside', 'columns', 'output', 'format', 'json', 'quiet']) {
      expect(out).toContain(`--${name}`);
    }
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
