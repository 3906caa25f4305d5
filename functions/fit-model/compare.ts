import { compareStrategies } from '../../core/comparison/compare.ts';
import type { StrategyComparison } from '../../core/comparison/comparison.ts';
import { strategyId } from '../../core/strategies/strategy.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { loadRows } from '../artifacts.ts';
import { classCounts } from '../class-counts.ts';
import { loadComparedRows } from '../compared-rows.ts';
import { comparedStrategies, evaluationSettings } from '../strategies.ts';
import type { Outcomes } from './load-folds.ts';
import type { Payload } from './step.ts';

/** The strategies side by side; undefined where nothing was compared. */
export async function compare(
  run: Payload,
  outcomes: Outcomes,
  store: DatasetStore,
): Promise<StrategyComparison | undefined> {
  const { request, prepared, planned } = run;
  if (planned.assignment === undefined) return undefined;
  const { rows, assignment } = await loadComparedRows(store, planned.assignment);
  const { labels } = await loadRows(store, prepared.train);
  const { metric, beta, benefit } = evaluationSettings(request);
  const inOrder = comparedStrategies(request).map((strategy) => {
    const id = strategyId(strategy);
    return [id, outcomes.get(id) ?? []] as const;
  });
  return compareStrategies(
    new Map(inOrder),
    {
      kind: assignment.kind,
      column: request.split.group ?? request.split.time ?? null,
      folds: assignment.folds,
      repeats: assignment.repeats,
      rows: classCounts(labels, rows),
      ofRows: classCounts(labels),
    },
    { metric, beta, ...(benefit ? { benefit } : {}) },
  );
}
