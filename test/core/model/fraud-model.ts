import { fitDomain } from '../../../core/domain/domain.ts';
import { uncalibrated } from '../../../core/evaluation/calibration/uncalibrated.ts';
import { decisionTree } from '../../../core/learners/decision-tree/decision-tree.ts';
import type { Labels } from '../../../core/learners/learner.ts';
import { describeModelColumns } from '../../../core/model/model-column.ts';
import { createScoringModel, type ScoringModel } from '../../../core/model/scoring-model.ts';
import { createRng } from '../../../core/random/rng.ts';
import { encodeFeatures, fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { createTable, type Table } from '../../../core/table/table.ts';

/** 2025-01-01 in days since 1970-01-01. */
const FIRST_DAY = 20_089;

export interface Payments {
  readonly table: Table;
  readonly labels: Labels;
}

/** Rows with a column of every type, every fifth of them a fraud: more often abroad, online, and of large amounts. */
export function payments(rows = 100): Payments {
  const rng = createRng(1, 'payments');
  const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row % 5 === 0));
  const amounts = Float64Array.from(labels, (fraud, row) =>
    row % 7 === 6
      ? Number.NaN
      : Math.round(100 * (fraud && row % 3 ? 50 + 300 * rng.nextFloat() : 120 * rng.nextFloat())) / 100,
  );
  const table = createTable([
    { kind: 'numeric', name: 'amount', integer: false, values: amounts },
    {
      kind: 'categorical',
      name: 'country',
      levels: ['DE', 'FR', 'US'],
      codes: Int32Array.from(labels, (fraud) => (fraud && rng.nextFloat() < 0.5 ? 2 : rng.nextInt(3))),
    },
    {
      kind: 'categorical',
      name: 'online',
      levels: ['False', 'True'],
      codes: Int32Array.from(labels, (fraud) => (fraud && rng.nextFloat() < 0.5 ? 1 : rng.nextInt(2))),
    },
    {
      kind: 'numeric',
      name: 'day',
      integer: true,
      values: Float64Array.from(labels, () => FIRST_DAY + rng.nextInt(200)),
    },
    {
      kind: 'categorical',
      name: 'zone',
      levels: ['1', '2', '3A'],
      codes: Int32Array.from(labels, () => rng.nextInt(3)),
    },
  ]);
  return { table, labels };
}

/** A model of those rows, made of its parts. */
export function fraudModel(changed: Partial<ScoringModel> = {}): ScoringModel {
  const { table, labels } = payments();
  const encoder = fitFeatureEncoder(table);
  const weights = new Float64Array(table.rows).fill(1);
  const learner = decisionTree({ maxDepth: 3 }).fit(
    encodeFeatures(encoder, table),
    labels,
    weights,
    createRng(1, 'fit'),
  );
  const domain = fitDomain({ method: 'nearest-neighbours', coverage: 0.95 }, table, encoder, createRng(1, 'domain'));
  return createScoringModel({
    target: { column: 'outcome', minority: 'fraud', majority: 'fine' },
    columns: describeModelColumns(table, [
      { name: 'amount', type: 'number' },
      { name: 'country', type: 'text' },
      { name: 'online', type: 'boolean' },
      { name: 'day', type: 'date', format: '%d/%m/%Y' },
      { name: 'zone', type: 'text' },
    ]),
    missingMarkers: ['', 'NA'],
    encoder,
    learner,
    calibrator: uncalibrated('probability'),
    calibration: 'none',
    threshold: 0.5,
    thresholds: [
      { rule: 'max-f1', label: 'highest F1', threshold: 0.25 },
      { rule: 'precision-at-least', label: 'precision at least 0.99', threshold: null },
    ],
    domain,
    strategy: 'none',
    execution: 'test-run',
    counterpoise: '0.1.0',
    ...changed,
  });
}

/** The rows as a user would write them. */
export function paymentsCsv({ table, labels }: Payments, { labelled = false } = {}): string {
  const [amount, country, online, day, zone] = table.columns;
  const header = ['id', 'zone', 'amount', 'country', 'online', 'day', ...(labelled ? ['outcome'] : [])];
  const lines = Array.from(labels, (label, row) =>
    [
      `p-${row}`,
      text(zone, row),
      text(amount, row),
      text(country, row),
      text(online, row),
      dayText((day as { values: Float64Array }).values[row]),
      ...(labelled ? [label ? 'fraud' : 'fine'] : []),
    ].join(','),
  );
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

function text(column: Table['columns'][number], row: number): string {
  if (column.kind === 'categorical') return column.levels[column.codes[row]] ?? '';
  return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
}

function dayText(day: number): string {
  const [year, month, date] = new Date(day * 86_400_000).toISOString().slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
}
