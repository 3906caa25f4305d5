/**
 * Which learner ranks rows best where next to no row of the minority is known: what the advice for such tables leans on. Of each
 * table, a few minority rows and three quarters of the majority train, and all other rows test. Prints PR-AUC, mean over the draws.
 *
 *     node bench/few-minority-rows.ts [--minority 6,12,19] [--draws 5] <table> ...
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseRequest } from '../contracts/parse-request.ts';
import { fileUri } from '../contracts/uri.ts';
import { averagePrecision } from '../core/evaluation/average-precision.ts';
import { createLearner, type LearnerSettings } from '../core/learners/registry.ts';
import { createRng } from '../core/random/rng.ts';
import { sampleWithoutReplacement } from '../core/random/sample.ts';
import { encodeFeatures, fitFeatureEncoder } from '../core/table/feature-encoder.ts';
import { rowsOfClass } from '../core/table/split.ts';
import { dropUnusedLevels, type Table, takeRows } from '../core/table/table.ts';
import { assignRoles, featureTable } from '../functions/prepare-dataset/columns.ts';
import { planMissingValues } from '../functions/prepare-dataset/missing-values.ts';
import { resolveTarget } from '../functions/prepare-dataset/target.ts';
import { importTable } from '../storage/tables/import-table.ts';
import { progress } from './progress.ts';

const TRAINED_MAJORITY = 0.75;

/** Each at its defaults. */
const LEARNERS: readonly (readonly [name: string, settings: LearnerSettings])[] = [
  ['isolation forest', { type: 'isolation-forest' }],
  ['one-class SVM', { type: 'one-class-svm' }],
  ['logistic', { type: 'logistic-regression' }],
  ['logistic, balanced', { type: 'logistic-regression', classWeight: 'balanced' }],
  ['boosted', { type: 'gradient-boosted-trees' }],
  ['boosted, balanced', { type: 'gradient-boosted-trees', classWeight: 'balanced' }],
];

interface LabelledTable {
  readonly features: Table;
  readonly labels: Uint8Array;
}

const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    minority: { type: 'string', default: '6,12,19' },
    draws: { type: 'string', default: '5' },
  },
});

const header = ['Table', 'Minority rows', ...LEARNERS.map(([name]) => name)];
const lines: string[][] = [];
for (const path of paths.map((path) => resolve(path))) {
  const table = await load(path);
  for (const minority of options.minority.split(',').map(Number)) {
    progress(`${basename(path)}, ${minority} minority rows`);
    const draws = Array.from({ length: Number(options.draws) }, (_, seed) => scoresOfDraw(table, minority, seed));
    const means = LEARNERS.map((_, l) => draws.reduce((sum, scores) => sum + scores[l], 0) / draws.length);
    lines.push([basename(path, '.csv'), String(minority), ...means.map((mean) => mean.toFixed(3))]);
  }
}
console.log([header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n'));

/** The rows that a run would use, encoded as it would. */
async function load(path: string): Promise<LabelledTable> {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-bench-'));
  try {
    const { dataset, target: asked, missing } = parseRequest({ dataset: { uri: fileUri(path) } });
    const source = { path, name: path, missingValues: missing.markers };
    const { columns } = await importTable(source, join(folder, 'observed.parquet'));
    const values = columns.map((column) => column.values);
    const target = resolveTarget(values, asked, path);
    const features = featureTable(columns, assignRoles(columns, target.index, dataset.ignore), path);
    const { usable } = planMissingValues(features, target.labels, missing.treatment);
    return {
      features: dropUnusedLevels(takeRows(features, usable)),
      labels: Uint8Array.from(usable, (row) => target.labels[row]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PR-AUC of each learner on the rows that a draw leaves out. */
function scoresOfDraw({ features, labels }: LabelledTable, minority: number, seed: number): number[] {
  const rng = createRng(seed, 'few-minority-rows');
  const majorityRows = rowsOfClass(labels, 0);
  const trained = new Set([
    ...sampleWithoutReplacement(majorityRows, Math.round(TRAINED_MAJORITY * majorityRows.length), rng),
    ...sampleWithoutReplacement(rowsOfClass(labels, 1), minority, rng),
  ]);
  const train = Int32Array.from(trained).sort();
  const test = Int32Array.from(labels.keys()).filter((row) => !trained.has(row));
  const trainTable = takeRows(features, train);
  const encoder = fitFeatureEncoder(trainTable);
  const [trainMatrix, testMatrix] = [trainTable, takeRows(features, test)].map((rows) => encodeFeatures(encoder, rows));
  const trainLabels = Uint8Array.from(train, (row) => labels[row]);
  const testLabels = Uint8Array.from(test, (row) => labels[row]);
  const weights = new Float64Array(train.length).fill(1);
  return LEARNERS.map(([name, settings]) => {
    const fitted = createLearner(settings).fit(trainMatrix, trainLabels, weights, createRng(seed, name));
    return averagePrecision(testLabels, fitted.scores(testMatrix)) as number;
  });
}
