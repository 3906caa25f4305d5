import { describe, expect, it } from 'vitest';
import { encodeFloat32 } from '../../../../core/kernels/base64.ts';
import { averagePathLength } from '../../../../core/learners/isolation-forest/path-length.ts';
import {
  layOutTrees,
  meanPathLengths,
  readTrees,
  treesToJSON,
} from '../../../../core/learners/isolation-forest/trees.ts';
import { savedPart } from '../../../../core/learners/saved.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';

/**
 * By hand: a tree of 7 rows, and one that is a leaf.
 *
 *         x0 <= 1
 *        /       \
 *   x1 <= 5     1 row
 *   /     \
 * 4 rows  2 rows
 */
const asked = Int32Array.of(0, 1, -1, -1, -1, -1);
const value = Float32Array.of(1, 5, 4, 2, 1, 7);

describe('layOutTrees', () => {
  it('finds roots, right children, and the path lengths of leaves', () => {
    const { roots, right, pathLength } = layOutTrees(asked, value);
    expect([...roots]).toEqual([0, 5]);
    expect([...right]).toEqual([4, 3, -1, -1, -1, -1]);
    expect([...pathLength]).toEqual([
      0,
      0,
      2 + averagePathLength(4),
      2 + averagePathLength(2),
      1 + averagePathLength(1),
      averagePathLength(7),
    ]);
  });
});

describe('meanPathLengths', () => {
  it('follows each row to its leaf, up to and including the threshold to the left', () => {
    const rows = createMatrix(4, 2, Float32Array.of(1, 5, 1, 5.5, 1.5, 0, -9, -9));
    const second = averagePathLength(7);
    const firsts = [2 + averagePathLength(4), 2 + 1, 1, 2 + averagePathLength(4)];
    const lengths = meanPathLengths(layOutTrees(asked, value), rows, 3);
    for (const [row, first] of firsts.entries()) expect(lengths[row]).toBeCloseTo((first + second) / 2, 12);
  });
});

describe('readTrees', () => {
  const json = treesToJSON(layOutTrees(asked, value));
  const nodes = (columns: number[], values: number[]) => ({
    nodes: columns.length,
    asked: encodeFloat32(Float32Array.from(columns)),
    value: encodeFloat32(Float32Array.from(values)),
  });

  const saved = (json: unknown) => savedPart(json, 'saved isolation forest');

  it('restores what was saved', () => {
    expect(readTrees(saved(JSON.parse(JSON.stringify(json))), 2)).toEqual(layOutTrees(asked, value));
  });

  it('refuses what is no whole forest', () => {
    expect(() => readTrees(saved({}), 2)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, nodes: found undefined, needed a whole number from 1]`,
    );
    expect(() => readTrees(saved({ ...json, nodes: 7 }), 2)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, asked: found 24 bytes, needed 28 (7 numbers)]`,
    );
    expect(() => readTrees(saved(json), 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, node 1: found column 1, needed -1 (leaf) or 0 to 0]`,
    );
    expect(() => readTrees(saved(nodes([], [])), 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, nodes: found 0, needed a whole number from 1]`,
    );
    expect(() => readTrees(saved(nodes([0, -1], [0, 1])), 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest: found 2 nodes, the last tree unfinished, needed whole trees]`,
    );
    expect(() => readTrees(saved(nodes([-1], [0])), 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, node 0: found value 0, needed the rows of a leaf, from 1]`,
    );
    expect(() => readTrees(saved(nodes([0, -1, -1], [Number.NaN, 1, 1])), 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, node 0: found value NaN, needed a finite threshold]`,
    );
  });
});
