import { InvalidArgumentError } from '../errors.ts';
import { readNumbers, type Saved } from './saved.ts';

/** What a tree asks, as parallel lists, one entry per node, the root first, every left child right after its parent. */
export interface TreeQuestions {
  /** the column that the node asks; -1 for a leaf */
  readonly column: Int32Array;
  /** values up to here go left; 0 for a leaf */
  readonly threshold: Float64Array;
  /** the right child; -1 for a leaf */
  readonly right: Int32Array;
}

/** The leaf that a row falls into, whose values begin at `start` of `data`. */
export function leafOf({ column, threshold, right }: TreeQuestions, data: Float32Array, start: number): number {
  let node = 0;
  for (let asked = column[0]; asked >= 0; asked = column[node]) {
    node = data[start + asked] <= threshold[node] ? node + 1 : right[node];
  }
  return node;
}

/** Plain lists of numbers. JSON writes every double so that it is read back to the bit. */
export function questionsToJSON({ column, threshold, right }: TreeQuestions) {
  return { column: [...column], threshold: [...threshold], right: [...right] };
}

/**
 * @param columns the width of the matrix that the tree was fitted to
 * @throws InvalidArgumentError where `saved` is no tree: lists that are missing or differ in length, a column or child
 * out of range
 */
export function readQuestions(saved: Saved, columns: number): TreeQuestions {
  const column = readNumbers(saved, 'column', 'one per node');
  const questions = {
    column: Int32Array.from(column),
    threshold: readPerNode(saved, 'threshold', column.length),
    right: Int32Array.from(readPerNode(saved, 'right', column.length)),
  };
  for (const [node, asked] of column.entries()) requireNode(questions, node, asked, columns, saved.what);
  return questions;
}

/**
 * What a tree has for each of its nodes beside questions.
 *
 * @throws InvalidArgumentError where it has not so many numbers
 */
export function readPerNode(saved: Saved, name: string, nodes: number): Float64Array {
  return Float64Array.from(readNumbers(saved, name, 'one per node', nodes));
}

/** A right child comes after its parent's whole left side, so that walking a checked tree always ends. */
function requireNode({ right }: TreeQuestions, node: number, asked: number, columns: number, what: string): void {
  if (asked === -1) return;
  if (!(Number.isInteger(asked) && asked >= 0 && asked < columns)) {
    throw new InvalidArgumentError(
      `${what}, node ${node}: found column ${asked}, needed -1 (leaf) or 0 to ${columns - 1}`,
    );
  }
  if (!(right[node] > node + 1 && right[node] < right.length)) {
    throw new InvalidArgumentError(
      `${what}, node ${node}: found right child ${right[node]}, needed ${node + 2} to ${right.length - 1}`,
    );
  }
}
