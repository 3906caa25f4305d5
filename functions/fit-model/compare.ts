import { compareStrategies } from '../../core/comparison/compare.ts';
import type { StrategyComparison } from '../../core/comparison/comparison.ts';
import { strategyId } from '../../core/strategies/strategy.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { loadRows } from '../artifacts.ts';
import { classCounts } from '../class-counts.ts';
import { loadAssignment } from '../fold-assignment.ts';
import { askedGoal, comparedStrategies, evaluationSettings } from '../strategies.ts';
import type { Outcomes } from './load-folds.ts';
import type { Payload } from './payload.ts';

/** The strategies side by side; undefined where nothing was compared. */
export async function compare(
  run: Payload,
  outcomes: Outcomes,
  store: DatasetStore,
): Promise<StrategyComparison | undefined> {
  const { request, prepared, planned } = run;
  if (planned.compared === undefined) return undefined;
  const { labels } = await loadRows(store, planned.compared.rows);
  const assignment = await loadAssignment(store, planned.compared.assignment);
  const { metric, beta, benefit } = evaluationSettings(request);
  const goal = askedGoal(request);
  const inOrder = comparedStrategies(request, prepared.counts.train).map((strategy) => {
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
      rows: classCounts(labels),
      ofRows: prepared.counts.train,
    },
    { metric, beta, ...(benefit ? { benefit } : {}), ...(goal ? { goal } : {}) },
  );
}
