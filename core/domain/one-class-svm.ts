import { fitOneClassSvm, oneClassSvmFromJSON } from '../learners/one-class-svm/one-class-svm.ts';
import type { OutlierDetector } from '../learners/outlier-detector.ts';
import { type MixedRows, takeMixedRows } from '../neighbours/mixed-rows.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import type { DomainColumn } from './columns.ts';
import { oneHotRows } from './one-hot.ts';
import type { Outlyingness, OutlyingnessMethod } from './outlyingness.ts';

/**
 * Training rows that the machine is fitted to, at most: time grows with their square. The size of its JSON grows with
 * the share that may lie outside, to 921 KiB where Adult's 104 one-hot columns are to hold half of the rows.
 */
const MOST_ROWS = 3000;

/** Parts of the training rows, each of which is measured by a machine that was fitted to the others. */
const FOLDS = 5;

/**
 * The negated decision value of a one-class support vector machine, from -1 to 1 (Schoelkopf et al. 2001; see
 * core/learners/one-class-svm), whose nu, the share of training rows that may lie outside, is 1 - coverage.
 *
 * The training rows' own are measured in five folds, each by a machine of the other four: the machine itself holds more
 * of them than of new rows (of UCI's us_crime, 1,495 rows of 100 numbers, 95 % of the training rows and 90 % of the
 * others).
 */
export const oneClassSvmMethod: OutlyingnessMethod = {
  mostRows: () => MOST_ROWS,
  fit(rows, columns, coverage, rng) {
    return {
      fitted: fitMachine(rows, columns, coverage),
      measureTraining: () => measureHeldOut(rows, columns, coverage, rng),
    };
  },
  fromJSON: ({ machine }, columns) => negatedDecision(oneClassSvmFromJSON(machine), columns),
};

function fitMachine(rows: MixedRows, columns: readonly DomainColumn[], coverage: number): Outlyingness {
  return negatedDecision(fitOneClassSvm(oneHotRows(rows, columns, 'own-column'), { nu: 1 - coverage }), columns);
}

function negatedDecision(machine: OutlierDetector, columns: readonly DomainColumn[]): Outlyingness {
  return {
    measure: (rows) => machine.outlierScores(oneHotRows(rows, columns, 'own-column')),
    toJSON: () => ({ machine: machine.toJSON() }),
  };
}

function measureHeldOut(rows: MixedRows, columns: readonly DomainColumn[], coverage: number, rng: Rng): Float64Array {
  const outlyingness = new Float64Array(rows.rows);
  const order = permutation(rows.rows, rng);
  const folds = Math.min(FOLDS, rows.rows);
  for (let fold = 0; fold < folds; fold++) {
    const heldOut = order.filter((_, i) => i % folds === fold);
    const machine = fitMachine(
      takeMixedRows(
        rows,
        order.filter((_, i) => i % folds !== fold),
      ),
      columns,
      coverage,
    );
    machine.measure(takeMixedRows(rows, heldOut)).forEach((value, i) => {
      outlyingness[heldOut[i]] = value;
    });
  }
  return outlyingness;
}
