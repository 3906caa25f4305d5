import type { ResolvedRequest } from '../../contracts/request.ts';
import type { FittedLearner } from '../../core/learners/learner.ts';
import type { Strategy } from '../../core/strategies/strategy.ts';
import { trainStrategy } from '../../core/strategies/train-strategy.ts';
import type { Table } from '../../core/table/table.ts';
import type { Rows } from '../../storage/codecs/rows.ts';
import { evaluationSettings } from '../strategies.ts';

export interface PublishedModel {
  readonly learner: FittedLearner;
  /** what it was trained on; a row that is given twice is there twice */
  readonly rows: Rows;
  /** one per row */
  readonly weights: Float64Array;
}

/**
 * The learner, trained on all training rows as the strategy says: for Algorithm 1 at the request's ratio, on the very rows
 * that lines 1 to 6 of this run have made.
 *
 * @param generated the rows of line 2
 */
export function trainPublished(
  strategy: Strategy,
  observed: Rows,
  generated: Table,
  request: ResolvedRequest,
): PublishedModel {
  const trained = trainStrategy(strategy, observed, evaluationSettings(request), request.seed, '', generated);
  const { table, labels, weights, origins } = trained.rows;
  return {
    learner: trained.learner,
    weights,
    rows: { table, labels, origins: origins.map((origin) => (origin < 0 ? origin : observed.origins[origin])) },
  };
}
