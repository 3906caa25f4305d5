/**
 * Times every strategy of a comparison on a table's training rows: five folds, each with three inner folds, in one process. Prints
 * seconds per strategy, by itself and where the strategies of a fold share what they have in common.
 *
 *     node bench/strategies.ts [--data <table>] [--ratios 1] [--folds 5] [--learner decision-tree]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { resolvedRequestSchema } from '../contracts/request.ts';
import { resolveStart } from '../contracts/start-event.ts';
import { fileUri } from '../contracts/uri.ts';
import { countClasses } from '../core/learners/class-counts.ts';
import type { LearnerSettings } from '../core/learners/registry.ts';
import { assignFolds, type FoldOptions } from '../core/protocol/assign-folds.ts';
import { createRng } from '../core/random/rng.ts';
import { evaluateFold, evaluateStrategies } from '../core/strategies/evaluate-fold.ts';
import { planStrategies } from '../core/strategies/plan-strategies.ts';
import type { EvaluationSettings, ObservedRows } from '../core/strategies/settings.ts';
import { strategyId } from '../core/strategies/strategy.ts';
import { loadRows } from '../functions/artifacts.ts';
import { step as prepareDataset } from '../functions/prepare-dataset/step.ts';
import { invokeStep } from '../functions/step.ts';
import { ADULT_COLUMNS } from '../paper/adult.ts';
import { openStore } from '../storage/open-store.ts';
import { DEFAULT_ADULT } from './adult.ts';
import { progress } from './progress.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: DEFAULT_ADULT },
    ratios: { type: 'string', default: '1' },
    folds: { type: 'string', default: '5' },
    learner: { type: 'string', default: 'decision-tree' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'counterpoise-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const { observed, settings } = await load();
  const folds: FoldOptions = { folds: Number(options.folds), repeats: 1 };
  const assignment = assignFolds(observed.labels, folds, createRng(0, 'bench'));
  const strategies = planStrategies({
    types: [
      'none',
      'class-weights',
      'sqrt-class-weights',
      'threshold',
      'under-sampling',
      'over-sampling',
      'algorithm-1',
    ],
    ratios: options.ratios.split(',').map(Number),
    rows: countClasses(observed.labels),
  });
  const seconds = new Map(strategies.map((strategy) => [strategyId(strategy), 0]));
  let shared = 0;
  for (let fold = 0; fold < assignment.folds; fold++) {
    const at = { repeat: 0, fold };
    for (const strategy of strategies) {
      const spent = secondsOf(() => evaluateFold(strategy, observed, assignment, at, settings, 0));
      seconds.set(strategyId(strategy), seconds.get(strategyId(strategy))! + spent);
    }
    shared += secondsOf(() => evaluateStrategies(strategies, observed, assignment, at, settings, 0));
    progress(`fold ${fold + 1} of ${assignment.folds}`);
  }
  for (const [id, spent] of seconds) console.log(`${id.padEnd(20)} ${spent.toFixed(1).padStart(7)} s`);
  const alone = [...seconds.values()].reduce((sum, spent) => sum + spent, 0);
  console.log(
    `${'each by itself'.padEnd(20)} ${alone.toFixed(1).padStart(7)} s, on four cores ${(alone / 4).toFixed(1)} s`,
  );
  console.log(`${'sharing'.padEnd(20)} ${shared.toFixed(1).padStart(7)} s, on four cores ${(shared / 4).toFixed(1)} s`);
}

/** The training rows that a run with the default split makes of the table. */
async function load(): Promise<{ observed: ObservedRows; settings: EvaluationSettings }> {
  const path = resolve(options.data);
  const header = path === DEFAULT_ADULT ? { columns: ADULT_COLUMNS } : {};
  const start = resolveStart({ dataset: { uri: fileUri(path), ...header }, output: { uri: fileUri(folder) } });
  const request = resolvedRequestSchema.parse({ ...start, learner: { type: options.learner } });
  const store = openStore();
  const execution = { id: 'bench', startedAt: new Date(0).toISOString() };
  const prepared = await invokeStep(prepareDataset, { execution, request }, { store }, () => 0);
  const { table, labels } = await loadRows(store, prepared.train);
  const { learner, generator, discriminator, evaluation } = request;
  const { metric, threshold, beta } = evaluation;
  return {
    observed: { table, labels },
    settings: {
      learner: learner as LearnerSettings,
      generator,
      discriminator,
      metric,
      threshold,
      beta,
    } as EvaluationSettings,
  };
}

function secondsOf(work: () => unknown): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
