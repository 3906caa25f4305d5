import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextCommand, settingFields, suggestedOptions } from '../../../local/advise/next-command.ts';
import { runCli } from '../../../local/command/cli.ts';
import { buildRequest } from '../../../local/request/build-request.ts';
import { REQUEST_OPTIONS } from '../../../local/request/options.ts';
import { fakeContext } from '../fakes/fake-context.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-advise-test-'));
  const fraud = (row: number) => (row % 10 === 0 ? 'fraud' : 'genuine');
  const rows = Array.from({ length: 400 }, (_, row) => {
    return `${row * 7 + 0.5},${['shop', 'web', 'phone'][row % 3]},${row % 50 === 1 ? '' : row % 13},${fraud(row)}`;
  });
  writeFileSync(join(folder, 'cards.csv'), `amount,channel,hour,outcome\n${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'my cards.csv'), `${rows.join('\n')}\n`);
  const few = Array.from({ length: 60 }, (_, row) => `${row + 0.5},${row < 5 ? 'yes' : 'no'}`);
  writeFileSync(join(folder, 'few.csv'), `amount,late\n${few.join('\n')}\n`);
  const gaps = Array.from({ length: 60 }, (_, row) => `${row < 5 ? '' : row + 0.5},${row < 5 ? 'yes' : 'no'}`);
  writeFileSync(join(folder, 'gaps.csv'), `amount,late\n${gaps.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function advise(...args: string[]) {
  const context = fakeContext(folder);
  const code = await runCli(['advise', ...args], context);
  return { code, out: context.out(), err: context.err() };
}

describe('counterpoise advise', () => {
  it('says what the table is like, what to try first, why, and which command does it', async () => {
    const { code, out, err } = await advise('cards.csv', '--target', 'outcome');
    expect([code, err]).toEqual([0, '']);
    const command = out.split('\n').find((line) => line.startsWith('  counterpoise '));
    expect(command).toMatch(/^ {2}counterpoise cards\.csv --target outcome --learner logistic-regression\b/);
    // The command has a test of its own.
    expect(out.replace(command ?? '', '  <command>')).toMatchInlineSnapshot(`
      "cards.csv
        392 rows (8 incomplete rows left out), 40 of them "fraud" in column
        "outcome" (10%, 8.8:1). 3 columns to learn from, 4 dimensions once encoded,
        10.0 minority rows for each.

      Try first
        logistic-regression, trained on the rows as they are, its threshold moved.

      Why, and what to mind
        repeat-the-folds  about 8 minority rows held out
          Judge by cross-validation and its intervals, repeated 3 times, rather than
          by the held-out rows alone: so few cannot tell two strategies apart.
          Collins et al. 2016

        little-to-generate-from  40 minority rows
          Expect little from synthetic rows: a generator can only vary what it was
          shown. Rows that are collected are worth more.

        small-table  392 rows
          Start with logistic regression: flexible learners need many times the rows
          to show what they can do. Then see whether --learner
          gradient-boosted-trees does better.
          van der Ploeg et al. 2014; Grinsztajn et al. 2022

        moderate-imbalance  10% of the rows are of the minority, 8.8:1
          Move the threshold first: it costs no row and keeps probabilities honest.
          Weights and resampling have to beat it on the same folds, which the run
          compares.
          Google for Developers; van den Goorbergh et al. 2022; Elkan 2001

        costs-unknown  no costs named
          Name what a false alarm and a missed minority row cost, if only roughly:
          the threshold follows from their proportion. Until then MCC stands in,
          which is high only where both classes are told well.
          Elkan 2001; Chicco & Jurman 2020

      Run next
        <command>

        It compares this with the other strategies on the same folds, and says which
        one did best.
      "
    `);
    for (const line of out.split('\n')) expect(line.startsWith('  counterpoise ') || line.length <= 80).toBe(true);
  });

  it('gives the same as JSON', async () => {
    const { code, out, err } = await advise(
      'cards.csv',
      '--json',
      '--cost-false-positive=1',
      '--cost-false-negative=20',
    );
    expect([code, err]).toEqual([0, '']);
    const advice = JSON.parse(out);
    expect(advice.profile).toEqual({
      target: { column: 'outcome', minority: 'fraud', majority: 'genuine' },
      rows: 400,
      // Eight rows lack the hour: one in fifty.
      rowsUsed: 400 - 8,
      usable: { majority: 360 - 8, minority: 40 },
      features: 3,
      // amount, two of three channels, hour
      dimensions: 1 + 2 + 1,
      missingTreatment: 'complete-case',
      ratio: (360 - 8) / 40,
      minorityShare: 40 / (400 - 8),
      minorityPerDimension: 40 / 4,
      costs: { falsePositive: 1, falseNegative: 20 },
      interpretable: false,
    });
    expect(advice.findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      'repeat-the-folds',
      'little-to-generate-from',
      'small-table',
      'moderate-imbalance',
      'costs-named',
    ]);
    expect(advice.settings).toMatchObject({ learner: 'logistic-regression', metric: 'expected-value' });
    expect(advice.command).toMatch(/^counterpoise cards\.csv --learner logistic-regression/);
  });

  it('writes nothing beside the table', async () => {
    const before = readdirSync(folder);
    expect((await advise('cards.csv')).code).toBe(0);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('reads the table as a run does, and passes on how', async () => {
    const args = ['--columns', 'amount,channel,hour,outcome', '--ignore', 'hour', '--missing', 'impute'];
    const { code, out } = await advise('my cards.csv', ...args, '--interpretable', '--json');
    expect(code).toBe(0);
    const { profile, command } = JSON.parse(out);
    expect([profile.features, profile.dimensions, profile.rowsUsed]).toEqual([2, 3, 400]);
    const typed = `counterpoise 'my cards.csv' --columns amount,channel,hour,outcome --ignore hour --missing impute`;
    expect(command.startsWith(`${typed} --learner logistic-regression`)).toBe(true);
  });

  it('names no command where a run would refuse the table', async () => {
    const { code, out } = await advise('few.csv');
    expect(code).toBe(0);
    expect(out).toContain('too-few-to-judge  5 minority rows\n');
    expect(out.endsWith('Run next\n  Collect more rows, and ask again.\n')).toBe(true);
    expect(JSON.parse((await advise('few.csv', '--json')).out)).toMatchObject({ settings: null, command: null });
  });

  it.each([
    [
      ['cards.csv', '--cost-false-positive', '2'],
      2,
      '--cost-false-negative: needed as well, as only the proportion of the two costs counts\n',
    ],
    [
      ['cards.csv', '--cost-false-positive', '0', '--cost-false-negative', '1'],
      2,
      '--cost-false-positive: found "0", needed a number above 0\n',
    ],
    [['cards.csv', '--missing', 'guess'], 2, '--missing: found "guess", needed one of auto, complete-case, impute\n'],
    [['card.csv'], 2, () => `input: found no file ${folder}/card.csv; did you mean ${folder}/cards.csv?\n`],
    [[], 2, "error: missing required argument 'input'\n(counterpoise --help explains every option)\n"],
    [
      ['cards.csv', '--target', 'outcom'],
      1,
      () =>
        `UnknownTargetError: file://${folder}/cards.csv: found no column "outcom", needed the label column; did you mean "outcome"?\n`,
    ],
    [
      ['cards.csv', '--ignore', 'hours'],
      1,
      'InvalidRequestError: dataset.ignore: found no column "hours"; did you mean "hour"?\n',
    ],
    [
      ['gaps.csv', '--missing', 'complete-case'],
      1,
      () =>
        `TooFewMinorityRowsError: file://${folder}/gaps.csv, column "late": found no row of "yes" without missing values, ` +
        'needed at least one; let missing values be filled in (--missing impute)\n',
    ],
  ])('%j fails with exit code %i, in words', async (args, exitCode, message) => {
    const { code, out, err } = await advise(...args);
    expect({ code, out, err }).toEqual({
      code: exitCode,
      out: '',
      err: typeof message === 'string' ? message : message(),
    });
  });
});

describe('the next command', () => {
  const settings = {
    learner: 'isolation-forest',
    strategy: 'threshold',
    metric: 'expected-value',
    costs: { falsePositive: 1, falseNegative: 20 },
    repeats: 3,
  } as const;

  it('has an option for everything that can be suggested', () => {
    expect(suggestedOptions(settings).map(([, value]) => value)).toEqual(
      settingFields(settings).map(([, value]) => String(value)),
    );
  });

  it('is one that a run takes, and asks for what is suggested', () => {
    const typed = suggestedOptions(settings).flatMap(([name, text]) => {
      const option = REQUEST_OPTIONS.find((candidate) => candidate.name === name);
      return option ? [{ option, text }] : [];
    });
    const uri = 'file:///data/cards.csv';
    expect(buildRequest({ typed, datasetUri: uri, outputUri: 'file:///out' })).toMatchObject({
      learner: { type: 'isolation-forest' },
      strategy: 'threshold',
      evaluation: { metric: 'expected-value', costs: { falsePositive: 1, falseNegative: 20 }, repeats: 3 },
    });
  });

  it('quotes what a shell would take apart', () => {
    const input = "it's mine; rm.csv";
    expect(nextCommand({ input, options: [['target', '$x']] }, {})).toBe(
      `counterpoise 'it'\\''s mine; rm.csv' --target '$x'`,
    );
    expect(nextCommand({ input: 's3://lake/a-b_c.csv', options: [] }, {})).toBe('counterpoise s3://lake/a-b_c.csv');
  });
});
