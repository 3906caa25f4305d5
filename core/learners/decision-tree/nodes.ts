import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { Saved } from '../saved.ts';
import { leafOf, questionsToJSON, readPerNode, readQuestions, type TreeQuestions } from '../tree-questions.ts';

export interface TreeNodes extends TreeQuestions {
  /** the weighted share of the minority in the node, from 0 to 1 */
  readonly score: Float64Array;
}

/** The score of the leaf that each row of `matrix` falls into. */
export function scoreRows(nodes: TreeNodes, { rows, columns, data }: Matrix): Float64Array {
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) scores[row] = nodes.score[leafOf(nodes, data, row * columns)];
  return scores;
}

export function treeNodesToJSON(nodes: TreeNodes): unknown {
  return { ...questionsToJSON(nodes), score: [...nodes.score] };
}

/**
 * @param columns the width of the matrix that the tree was fitted to
 * @throws InvalidArgumentError where `saved` is no tree, or a score is out of range
 */
export function readTreeNodes(saved: Saved, columns: number): TreeNodes {
  const questions = readQuestions(saved, columns);
  const score = readPerNode(saved, 'score', questions.column.length);
  const node = score.findIndex((share) => !(share >= 0 && share <= 1));
  if (node >= 0) {
    throw new InvalidArgumentError(`${saved.what}, node ${node}: found score ${score[node]}, needed 0 to 1`);
  }
  return { ...questions, score };
}
