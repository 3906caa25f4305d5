/**
 * Compares strategies on tables whose columns say nothing of the label, and counts how often one is preferred all the same: at most
 * the chance that `chooseBest` allows for. Three columns, 2,000 training rows, 6% of the minority, five folds, ratios 1 to 3.
 *
 *     node bench/no-signal.ts [--tables 20]
 */
import { parseArgs } from 'node:util';
import { compareStrategies } from '../core/comparison/compare.ts';
import { judgeComparison } from '../core/comparison/verdict.ts';
import type { MetricName } from '../core/evaluation/metric-names.ts';
import { countClasses } from '../core/learners/class-counts.ts';
import type { LearnerSettings } from '../core/learners/registry.ts';
import { assignFolds } from '../core/protocol/assign-folds.ts';
import { createRng } from '../core/random/rng.ts';
import { evaluateStrategies } from '../core/strategies/evaluate-fold.ts';
import { planStrategies } from '../core/strategies/plan-strategies.ts';
import type { EvaluationSettings, ObservedRows } from '../core/strategies/settings.ts';
import { STRATEGY_TYPES, strategyId } from '../core/strategies/strategy.ts';
import { createTable } from '../core/table/table.ts';
import { progress } from './progress.ts';

const ROWS = 2000;
const MINORITY = 0.06;
const FOLDS = 5;
const TASKS: readonly { learner: LearnerSettings; metric: MetricName }[] = [
  { learner: { type: 'decision-tree', maxDepth: 8 }, metric: 'mcc' },
  { learner: { type: 'decision-tree', maxDepth: 8 }, metric: 'balanced-accuracy' },
  { learner: { type: 'logistic-regression' }, metric: 'mcc' },
  { learner: { type: 'logistic-regression' }, metric: 'f1' },
  { learner: { type: 'logistic-regression' }, metric: 'g-mean' },
];

const { values: options } = parseArgs({ options: { tables: { type: 'string', default: '20' } } });
const tables = Number(options.tables);
console.log('| learner | by | tables | a strategy preferred |\n| --- | --- | --- | --- |');
for (const { learner, metric } of TASKS) {
  let preferred = 0;
  for (let seed = 0; seed < tables; seed++) {
    progress(`${learner.type}, ${metric}: table ${seed + 1} of ${tables}`);
    if (judgeNoise(learner, metric, seed)) preferred++;
  }
  console.log(`| ${learner.type} | ${metric} | ${tables} | ${preferred} |`);
}

function judgeNoise(learner: LearnerSettings, metric: MetricName, seed: number): string | null {
  const observed = drawNoise(seed);
  const rows = countClasses(observed.labels);
  const strategies = planStrategies({ types: STRATEGY_TYPES, ratios: [1, 2, 3], rows });
  const assignment = assignFolds(observed.labels, { folds: FOLDS, repeats: 1 }, createRng(seed, 'folds'));
  const settings: EvaluationSettings = {
    learner,
    generator: { type: 'autoencoder' },
    discriminator: { balance: 'undersample', select: 'called-majority' },
    metric,
    threshold: { rule: 'max-metric' },
    beta: 2,
  };
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    evaluateStrategies(strategies, observed, assignment, { repeat: 0, fold }, settings, seed),
  );
  const outcomes = new Map(strategies.map((strategy, s) => [strategyId(strategy), [folds.map((of) => of[s])]]));
  const protocol = { kind: assignment.kind, column: null, folds: FOLDS, repeats: 1, rows, ofRows: rows };
  return judgeComparison(compareStrategies(outcomes, protocol, { metric, beta: 2 })).prefer;
}

function drawNoise(seed: number): ObservedRows {
  const rng = createRng(seed, 'no-signal');
  const levels = ['u', 'v', 'w'];
  const normals = () => Float64Array.from({ length: ROWS }, () => rng.nextNormal());
  return {
    labels: Uint8Array.from({ length: ROWS }, () => Number(rng.nextFloat() < MINORITY)),
    table: createTable([
      { kind: 'numeric', name: 'a', integer: false, values: normals() },
      { kind: 'numeric', name: 'b', integer: false, values: normals() },
      { kind: 'categorical', name: 'c', levels, codes: Int32Array.from({ length: ROWS }, () => rng.nextInt(3)) },
    ]),
  };
}
