import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { sigmoid } from '../logistic-function.ts';

/** A tree as parallel lists, one entry per node, the root first, every left child right after its parent. */
export interface BoostedTree {
  /** the column that the node asks; -1 for a leaf */
  readonly column: Int32Array;
  /** values up to here go left; 0 for a leaf */
  readonly threshold: Float64Array;
  /** the right child; -1 for a leaf */
  readonly right: Int32Array;
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
  const { column, threshold, right, value } = tree;
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    let node = 0;
    for (let asked = column[0]; asked >= 0; asked = column[node]) {
      node = data[base + asked] <= threshold[node] ? node + 1 : right[node];
    }
    logOdds[row] += value[node];
  }
}

/** Plain numbers and lists. JSON writes every double so that it is read back to the bit. */
export function boostedTreesToJSON({ columns, baseline, trees }: BoostedTrees): object {
  const lists = trees.map(({ column, threshold, right, value }) => ({
    column: [...column],
    threshold: [...threshold],
    right: [...right],
    value: [...value],
  }));
  return { columns, baseline, trees: lists };
}

/**
 * @throws InvalidArgumentError where `json` is not what boostedTreesToJSON gives: numbers or lists that are missing, lists that
 * differ in length, a column or child out of range
 */
export function boostedTreesFromJSON(json: Record<string, unknown>): BoostedTrees {
  const { columns, baseline, trees } = json;
  if (!(Number.isInteger(columns) && (columns as number) >= 1)) {
    fail(`found columns ${JSON.stringify(columns)}, needed a whole number from 1`);
  }
  if (!Number.isFinite(baseline)) fail(`found baseline ${JSON.stringify(baseline)}, needed a finite number`);
  if (!Array.isArray(trees)) fail('found no list of trees, needed one');
  const width = columns as number;
  return {
    columns: width,
    baseline: baseline as number,
    trees: (trees as unknown[]).map((tree, i) => treeFromJSON(tree, `tree ${i}`, width)),
  };
}

function treeFromJSON(json: unknown, where: string, columns: number): BoostedTree {
  const lists = (json ?? {}) as Record<string, unknown>;
  const column = numbers(lists, 'column', where);
  const tree = {
    column: Int32Array.from(column),
    threshold: Float64Array.from(numbers(lists, 'threshold', where, column.length)),
    right: Int32Array.from(numbers(lists, 'right', where, column.length)),
    value: Float64Array.from(numbers(lists, 'value', where, column.length)),
  };
  for (const [node, asked] of column.entries()) requireNode(tree, node, asked, columns, where);
  return tree;
}

function numbers(lists: Record<string, unknown>, name: string, where: string, length?: number): number[] {
  const list = lists[name];
  if (!Array.isArray(list) || list.length === 0 || !list.every(Number.isFinite)) {
    fail(`${where}, ${name}: found no list of numbers, needed one entry per node`);
  }
  const found = list as number[];
  if (length !== undefined && found.length !== length) {
    fail(`${where}, ${name}: found ${found.length} entries, needed ${length}`);
  }
  return found;
}

/** A right child comes after its parent's whole left side, so that walking a checked tree always ends. */
function requireNode({ right }: BoostedTree, node: number, asked: number, columns: number, where: string): void {
  if (asked === -1) return;
  if (!(Number.isInteger(asked) && asked >= 0 && asked < columns)) {
    fail(`${where}, node ${node}: found column ${asked}, needed -1 (leaf) or 0 to ${columns - 1}`);
  }
  if (!(right[node] > node + 1 && right[node] < right.length)) {
    fail(`${where}, node ${node}: found right child ${right[node]}, needed ${node + 2} to ${right.length - 1}`);
  }
}

function fail(found: string): never {
  throw new InvalidArgumentError(`saved gradient-boosted trees: ${found}`);
}
