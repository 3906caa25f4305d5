import { foldFile } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import type { FoldOutcome } from '../../core/strategies/evaluate-fold.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { artifactUri } from '../artifacts.ts';
import { loadOutcomes } from '../fold-outcomes.ts';
import type { Payload } from './payload.ts';

/** How each strategy did, by its id: [repeat][fold]. */
export type Outcomes = ReadonlyMap<string, FoldOutcome[][]>;

/** What the Map has left, one file per item. */
export async function loadFolds(run: Payload, store: DatasetStore): Promise<Outcomes> {
  const outcomes = new Map<string, FoldOutcome[][]>();
  for (const item of run.planned.items) {
    const ofItem = await loadOutcomes(store, artifactUri(run, STATES.evaluateFold, foldFile(item)));
    for (const [id, outcome] of ofItem) {
      const repeats = outcomes.get(id) ?? [];
      repeats[item.repeat] ??= [];
      repeats[item.repeat][item.fold] = outcome;
      outcomes.set(id, repeats);
    }
  }
  return outcomes;
}
