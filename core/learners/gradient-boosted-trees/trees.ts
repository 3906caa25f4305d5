import type { Matrix } from '../../table/matrix.ts';
import { sigmoid } from '../logistic-function.ts';
import { readCount, readList, readNumber, type Saved, savedPart } from '../saved.ts';
import { leafOf, questionsToJSON, readPerNode, readQuestions, type TreeQuestions } from '../tree-questions.ts';

export interface BoostedTree extends TreeQuestions {
  /** what the leaf adds to the log-odds; 0 for a node that asks */
  readonly value: Float64Array;
}

/** Log-odds of the minority: a baseline, and what each tree adds. */
export interface BoostedTrees {
  /** the width of the matrix that they were fitted to */
  readonly columns: number;
  readonly baseline: number;
  readonly trees: readonly BoostedTree[];
}

/** The probability of the minority, one per row. */
export function scoreRows({ baseline, trees }: BoostedTrees, matrix: Matrix): Float64Array {
  const logOdds = new Float64Array(matrix.rows).fill(baseline);
  for (const tree of trees) addTree(tree, matrix, logOdds);
  return logOdds.map(sigmoid);
}

/** Adds to each row's log-odds the value of its leaf. */
export function addTree(tree: BoostedTree, { rows, columns, data }: Matrix, logOdds: Float64Array): void {
  for (let row = 0; row < rows; row++) logOdds[row] += tree.value[leafOf(tree, data, row * columns)];
}

export function boostedTreesToJSON({ columns, baseline, trees }: BoostedTrees): object {
  return { columns, baseline, trees: trees.map((tree) => ({ ...questionsToJSON(tree), value: [...tree.value] })) };
}

/**
 * @throws InvalidArgumentError where `saved` is not what boostedTreesToJSON gives: numbers or lists that are missing,
 * no tree
 */
export function readBoostedTrees(saved: Saved): BoostedTrees {
  const columns = readCount(saved, 'columns');
  const baseline = readNumber(saved, 'baseline');
  const trees = readList(saved, 'trees').map((tree, i) =>
    readTree(savedPart(tree, `${saved.what}, tree ${i}`), columns),
  );
  return { columns, baseline, trees };
}

function readTree(saved: Saved, columns: number): BoostedTree {
  const questions = readQuestions(saved, columns);
  return { ...questions, value: readPerNode(saved, 'value', questions.column.length) };
}
