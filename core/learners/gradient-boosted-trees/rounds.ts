import { logarithm } from '../../numeric/exp-log.ts';
import type { Rng } from '../../random/rng.ts';
import { type Matrix, takeMatrixRows } from '../../table/matrix.ts';
import type { DistinctRows } from '../distinct-rows.ts';
import { logLoss } from '../logistic-function.ts';
import { binColumns } from './bins.ts';
import { Gradients } from './gradients.ts';
import { BoostedTreeGrower, type BoostedTreeLimits } from './growth.ts';
import { addTree, type BoostedTree, type BoostedTrees } from './trees.ts';
import { type EarlyStopping, splitForValidation } from './validation.ts';

/** How many trees to grow, and how. */
export interface BoostingPlan {
  readonly rounds: number;
  readonly limits: BoostedTreeLimits;
  readonly maxBins: number;
  readonly earlyStopping: EarlyStopping | undefined;
}

/**
 * Gradient boosting of the log loss (Friedman 2001, Greedy Function Approximation), tree by tree, from the log-odds of
 * the classes' weights. With early stopping only the trees up to the round of least validation loss are kept.
 */
export function boost(matrix: Matrix, rows: DistinctRows, plan: BoostingPlan, rng: Rng): BoostedTrees {
  const { earlyStopping } = plan;
  const { train, validation } =
    earlyStopping === undefined
      ? { train: rows, validation: undefined }
      : splitForValidation(rows, earlyStopping.validationFraction, rng);
  const baseline = logOddsOfClasses(train);
  const logOdds = new Float64Array(train.rows.length).fill(baseline);
  const grower = new BoostedTreeGrower(binColumns(matrix, train, plan.maxBins), train.rows.length, plan.limits);
  const gradients = new Gradients(train);
  const watch = validation && new ValidationLoss(matrix, validation, baseline);
  const patience = earlyStopping?.patience ?? Number.POSITIVE_INFINITY;
  const trees: BoostedTree[] = [];
  let best = { rounds: 0, loss: watch?.loss() ?? 0 };
  while (trees.length < plan.rounds && trees.length - best.rounds < patience) {
    const tree = grower.grow(gradients, logOdds);
    trees.push(tree);
    const loss = watch?.lossWith(tree);
    if (loss === undefined || loss < best.loss) best = { rounds: trees.length, loss: loss ?? 0 };
  }
  return { columns: matrix.columns, baseline, trees: trees.slice(0, best.rounds) };
}

/** The weighted log loss on rows that no tree has seen. */
class ValidationLoss {
  readonly #matrix: Matrix;
  readonly #rows: DistinctRows;
  readonly #logOdds: Float64Array;

  constructor(matrix: Matrix, rows: DistinctRows, baseline: number) {
    this.#matrix = takeMatrixRows(matrix, rows.rows);
    this.#rows = rows;
    this.#logOdds = new Float64Array(rows.rows.length).fill(baseline);
  }

  lossWith(tree: BoostedTree): number {
    addTree(tree, this.#matrix, this.#logOdds);
    return this.loss();
  }

  loss(): number {
    const { labels, weights } = this.#rows;
    let loss = 0;
    for (let row = 0; row < labels.length; row++) loss += weights[row] * logLoss(this.#logOdds[row], labels[row]);
    return loss;
  }
}

function logOddsOfClasses({ labels, weights }: DistinctRows): number {
  const sums = [0, 0];
  for (let row = 0; row < labels.length; row++) sums[labels[row]] += weights[row];
  return logarithm(sums[1]) - logarithm(sums[0]);
}
