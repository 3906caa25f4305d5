import { describe, expect, it } from 'vitest';
import { assignFolds, type FoldOptions } from '../../../core/protocol/assign-folds.ts';
import { trainingRows } from '../../../core/protocol/fold-assignment.ts';
import { innerSplits } from '../../../core/protocol/inner-splits.ts';
import { createRng } from '../../../core/random/rng.ts';

const rows = 120;
const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row % 5 === 0));
const groups = Int32Array.from({ length: rows }, (_, row) => row % 24);
const time = Float64Array.from({ length: rows }, (_, row) => (row * 37) % rows);

function split(order: Partial<FoldOptions>, own = labels) {
  const assignment = assignFolds(own, { folds: 4, repeats: 1, ...order }, createRng(0, 'folds'));
  const training = trainingRows(assignment, 0, 2);
  return { training: [...training], splits: innerSplits(own, training, assignment, createRng(0, 'inner')) };
}

const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

describe('inner splits', () => {
  it('hold each training row out once, and no other row ever', () => {
    for (const order of [{}, { groups }]) {
      const { training, splits } = split(order);
      expect(splits).toHaveLength(3);
      expect(sorted(splits.flatMap(({ heldOut }) => [...heldOut]))).toEqual(training);
      for (const { train, heldOut } of splits) expect(sorted([...train, ...heldOut])).toEqual(training);
    }
  });

  it('keep the classes even', () => {
    for (const { heldOut } of split({}).splits) {
      expect(heldOut.filter((row) => labels[row] === 1)).toHaveLength(24 * (3 / 4) * (1 / 3));
    }
  });

  it('keep groups together', () => {
    for (const { train, heldOut } of split({ groups }).splits) {
      const held = new Set(heldOut.map((row) => groups[row]));
      expect([...train].filter((row) => held.has(groups[row]))).toEqual([]);
    }
  });

  it('hold out the last third in the order of time', () => {
    const { training, splits } = split({ time });
    expect(splits).toHaveLength(1);
    const [{ train, heldOut }] = splits;
    expect(sorted([...train, ...heldOut])).toEqual(training);
    expect(heldOut).toHaveLength(training.length / 3);
    expect(Math.max(...train.map((row) => time[row]))).toBeLessThan(Math.min(...heldOut.map((row) => time[row])));
  });

  it('leave out what cannot be trained on', () => {
    const few = Uint8Array.from({ length: rows }, (_, row) => Number(row < 4));
    const { training, splits } = split({}, few);
    const minority = training.filter((row) => few[row] === 1);
    expect(minority).toHaveLength(3);
    expect(splits).toHaveLength(3);
    const assignment = assignFolds(few, { folds: 4, repeats: 1 }, createRng(0, 'folds'));
    const single = Int32Array.from([minority[0], 50, 60, 70, 80]);
    const left = innerSplits(few, single, assignment, createRng(0, 'inner'));
    expect(left).toHaveLength(2);
    for (const { train } of left) expect([...train]).toContain(minority[0]);
  });

  it('are none where all rows are of the same time', () => {
    const assignment = {
      ...assignFolds(labels, { folds: 4, repeats: 1, time }, createRng(0, 'folds')),
      time: new Float64Array(rows),
    };
    expect(innerSplits(labels, Int32Array.from([0, 1, 2, 3]), assignment, createRng(0, 'inner'))).toEqual([]);
  });
});
