import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type FoldItem, type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import type { FoldAssignment } from '../../core/protocol/fold-assignment.ts';
import { stratifiedSample } from '../../core/protocol/stratified-sample.ts';
import { createRng } from '../../core/random/rng.ts';
import { modelType, type Strategy } from '../../core/strategies/strategy.ts';
import { takeRows } from '../../core/table/table.ts';
import { artifactUri, loadRows, saveRows } from '../artifacts.ts';
import { saveAssignment } from '../fold-assignment.ts';
import { loadOrder, takeOrder } from '../row-order.ts';
import type { Step } from '../step.ts';
import { comparedStrategies } from '../strategies.ts';
import { dealFolds } from './deal-folds.ts';

const payload = workflowSchema.pick({ execution: true, request: true, prepared: true });
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared'>;

/**
 * Deals the training rows into folds and lists what is to be evaluated. The test rows are not among them: what is chosen by
 * the comparison is proved on rows that had no part in the choice.
 */
export const step: Step<Payload, Untimed<Workflow['planned']>> = {
  state: STATES.planComparison,
  payload,
  async run(run, { store }) {
    const { evaluation, seed } = run.request;
    const strategies = comparedStrategies(run.request, run.prepared.counts.train);
    if (strategies.length === 0) return { items: [] };
    const rng = createRng(seed, STATES.planComparison);
    const train = await loadRows(store, run.prepared.train);
    const sampled = stratifiedSample(train.labels, evaluation.maximumRows, rng);
    const labels = Uint8Array.from(sampled, (row) => train.labels[row]);
    const order = takeOrder(await loadOrder(store, run.prepared.order), sampled);
    const assignment = dealFolds(labels, { folds: evaluation.folds, repeats: evaluation.repeats, ...order }, rng);
    if (assignment === null) return { items: [] };
    const at = (file: string) => artifactUri(run, STATES.planComparison, file);
    const isAll = sampled.length === train.labels.length;
    const sample = () => ({
      table: takeRows(train.table, sampled),
      labels,
      origins: sampled.map((row) => train.origins[row]),
    });
    return {
      compared: {
        rows: isAll ? run.prepared.train : await saveRows(store, at(ARTIFACTS.compared), sample()),
        assignment: await saveAssignment(store, at(ARTIFACTS.assignment), assignment),
      },
      items: foldItems(strategies, assignment),
    };
  },
};

/** The slowest first, so that the last ones to end are short: over-sampling and Algorithm 1 come last among the strategies. */
function foldItems(strategies: readonly Strategy[], { repeats, folds }: FoldAssignment): FoldItem[] {
  const types = [...new Set(strategies.map(modelType))].toReversed();
  return types.flatMap((strategy) =>
    Array.from({ length: repeats * folds }, (_, i) => ({ strategy, repeat: Math.floor(i / folds), fold: i % folds })),
  );
}
