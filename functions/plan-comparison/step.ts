import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type FoldItem, type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import type { FoldAssignment } from '../../core/protocol/fold-assignment.ts';
import { stratifiedSample } from '../../core/protocol/stratified-sample.ts';
import { createRng } from '../../core/random/rng.ts';
import type { Strategy } from '../../core/strategies/strategy.ts';
import { artifactUri, loadRows } from '../artifacts.ts';
import { saveComparedRows } from '../compared-rows.ts';
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
    const strategies = comparedStrategies(run.request);
    if (strategies.length === 0) return { items: [] };
    const rng = createRng(seed, STATES.planComparison);
    const train = await loadRows(store, run.prepared.train);
    const rows = stratifiedSample(train.labels, evaluation.maximumRows, rng);
    const labels = Uint8Array.from(rows, (row) => train.labels[row]);
    const order = takeOrder(await loadOrder(store, run.prepared.order), rows);
    const assignment = dealFolds(labels, { folds: evaluation.folds, repeats: evaluation.repeats, ...order }, rng);
    if (assignment === null) return { items: [] };
    const uri = artifactUri(run, STATES.planComparison, ARTIFACTS.assignment);
    return {
      assignment: await saveComparedRows(store, uri, { rows, assignment }),
      items: foldItems(strategies, assignment),
    };
  },
};

/** The slowest first, so that the last ones to end are short: over-sampling and Algorithm 1 come last among the strategies. */
function foldItems(strategies: readonly Strategy[], { repeats, folds }: FoldAssignment): FoldItem[] {
  const types = [...new Set(strategies.map(({ type }) => type))].toReversed();
  return types.flatMap((strategy) =>
    Array.from({ length: repeats * folds }, (_, i) => ({ strategy, repeat: Math.floor(i / folds), fold: i % folds })),
  );
}
