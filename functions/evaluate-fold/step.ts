import { foldFile } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { foldItemSchema, workflowSchema } from '../../contracts/workflow.ts';
import { evaluateStrategies } from '../../core/strategies/evaluate-fold.ts';
import type { EvaluationSettings } from '../../core/strategies/settings.ts';
import { strategyId } from '../../core/strategies/strategy.ts';
import { takeRows } from '../../core/table/table.ts';
import { artifactUri, loadRows } from '../artifacts.ts';
import { loadComparedRows } from '../compared-rows.ts';
import { saveOutcomes } from '../fold-outcomes.ts';
import type { Step } from '../step.ts';
import { comparedStrategies, evaluationSettings } from '../strategies.ts';

const payload = workflowSchema
  .pick({ execution: true, request: true, prepared: true })
  .extend({ assignment: workflowSchema.shape.planned.shape.assignment.nonoptional(), item: foldItemSchema });
type Payload = (typeof payload)['_zod']['output'];

/**
 * One type of strategies on one fold: everything is fitted to the other folds, and the held-out rows are scored. What it
 * answers is nothing: the outcome lies where FitModel looks for it, so that no number of folds can outgrow a payload.
 */
export const step: Step<Payload, object> = {
  state: STATES.evaluateFold,
  payload,
  async run(run, { store }) {
    const { request, item } = run;
    const strategies = comparedStrategies(request).filter(({ type }) => type === item.strategy);
    const { rows, assignment } = await loadComparedRows(store, run.assignment);
    const train = await loadRows(store, run.prepared.train);
    const observed = {
      table: takeRows(train.table, rows),
      labels: Uint8Array.from(rows, (row) => train.labels[row]),
    };
    const outcomes = evaluateStrategies(
      strategies,
      observed,
      assignment,
      item,
      settingsForSample(request, rows.length / train.labels.length),
      request.seed,
    );
    await saveOutcomes(
      store,
      artifactUri(run, STATES.evaluateFold, foldFile(item)),
      new Map(strategies.map((strategy, i) => [strategyId(strategy), outcomes[i]])),
    );
    return {};
  },
};

/** Where a request names a number of rows to generate, a sample of the rows teaches that part of them. */
function settingsForSample(request: Payload['request'], share: number): EvaluationSettings {
  const settings = evaluationSettings(request);
  const { rows } = settings.generator;
  if (rows === undefined) return settings;
  return { ...settings, generator: { ...settings.generator, rows: Math.max(1, Math.round(rows * share)) } };
}
