import { foldFile } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { foldItemSchema, workflowSchema } from '../../contracts/workflow.ts';
import { evaluateStrategies } from '../../core/strategies/evaluate-fold.ts';
import { shareOfGeneratedRows } from '../../core/strategies/settings.ts';
import { modelType, strategyId } from '../../core/strategies/strategy.ts';
import { artifactUri, loadRows } from '../artifacts.ts';
import { loadAssignment } from '../fold-assignment.ts';
import { saveOutcomes } from '../fold-outcomes.ts';
import type { Step } from '../step.ts';
import { comparedStrategies, evaluationSettings } from '../strategies.ts';

const payload = workflowSchema
  .pick({ execution: true, request: true, prepared: true })
  .extend({ compared: workflowSchema.shape.planned.shape.compared.nonoptional(), item: foldItemSchema });
type Payload = (typeof payload)['_zod']['output'];

/**
 * The strategies of one model on one fold: everything is fitted to the other folds, and the held-out rows are scored. What it
 * answers is nothing: the outcome lies where FitModel looks for it, so that no number of folds can outgrow a payload.
 */
export const step: Step<Payload, object> = {
  state: STATES.evaluateFold,
  payload,
  async run(run, { store }) {
    const { request, prepared, compared, item } = run;
    const strategies = comparedStrategies(request, prepared.counts.train).filter(
      (strategy) => modelType(strategy) === item.strategy,
    );
    const observed = await loadRows(store, compared.rows);
    const { majority, minority } = prepared.counts.train;
    const settings = shareOfGeneratedRows(evaluationSettings(request), observed.table.rows / (majority + minority));
    const assignment = await loadAssignment(store, compared.assignment);
    const outcomes = evaluateStrategies(strategies, observed, assignment, item, settings, request.seed);
    await saveOutcomes(
      store,
      artifactUri(run, STATES.evaluateFold, foldFile(item)),
      new Map(strategies.map((strategy, i) => [strategyId(strategy), outcomes[i]])),
    );
    return {};
  },
};
