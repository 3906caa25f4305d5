import { fitIsolationForest, isolationForestFromJSON } from '../learners/isolation-forest/isolation-forest.ts';
import type { OutlierDetector } from '../learners/outlier-detector.ts';
import type { DomainColumn } from './columns.ts';
import { oneHotRows } from './one-hot.ts';
import type { Outlyingness, OutlyingnessMethod } from './outlyingness.ts';

/** Training rows that trees are grown on and that are measured for the boundary, at most. */
const MOST_ROWS = 10_000;

/**
 * The anomaly score of an isolation forest, from 0 to 1 (Liu, Ting & Zhou 2008; see core/learners/isolation-forest).
 * The training rows are measured by the forest itself: each of its trees has seen 256 of them at most.
 *
 * An unseen level answers every question about the levels of its column with yes, and so goes where fewer rows go.
 */
export const isolationForestMethod: OutlyingnessMethod = {
  mostRows: () => MOST_ROWS,
  fit(rows, columns, _coverage, rng) {
    const fitted = anomalyScore(fitIsolationForest(oneHotRows(rows, columns, 'all-levels'), {}, rng), columns);
    return { fitted, measureTraining: () => fitted.measure(rows) };
  },
  fromJSON: ({ forest }, columns) => anomalyScore(isolationForestFromJSON(forest), columns),
};

function anomalyScore(forest: OutlierDetector, columns: readonly DomainColumn[]): Outlyingness {
  return {
    measure: (rows) => forest.outlierScores(oneHotRows(rows, columns, 'all-levels')),
    toJSON: () => ({ forest: forest.toJSON() }),
  };
}
