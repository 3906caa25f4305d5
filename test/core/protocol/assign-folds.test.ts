import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignFolds } from '../../../core/protocol/assign-folds.ts';
import { type FoldAssignment, heldOutRows, trainingRows } from '../../../core/protocol/fold-assignment.ts';
import { dealStratified } from '../../../core/protocol/stratified-folds.ts';
import { createRng } from '../../../core/random/rng.ts';

const labels = Uint8Array.from({ length: 60 }, (_, row) => Number(row % 6 === 0));
const rng = (seed = 0) => createRng(seed, 'folds');

const foldsOf = (assignment: FoldAssignment) =>
  assignment.fold.flatMap((_, repeat) => Array.from({ length: assignment.folds }, (_f, fold) => ({ repeat, fold })));

describe('stratified folds', () => {
  it('hold each row out once per repeat, and train on all others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        (folds, repeats, seed) => {
          const assignment = assignFolds(labels, { folds, repeats }, rng(seed));
          expect(assignment).toMatchObject({ kind: 'stratified', folds, repeats });
          for (let repeat = 0; repeat < repeats; repeat++) {
            const held = Array.from({ length: folds }, (_, fold) => [...heldOutRows(assignment, repeat, fold)]);
            expect(held.flat().sort((a, b) => a - b)).toEqual([...labels.keys()]);
            held.forEach((rows, fold) => {
              const sides = [...rows, ...trainingRows(assignment, repeat, fold)];
              expect(sides.sort((a, b) => a - b)).toEqual([...labels.keys()]);
            });
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('deal the first repeat as dealStratified does, and the next anew', () => {
    const { fold } = assignFolds(labels, { folds: 5, repeats: 2 }, rng());
    const draws = rng();
    expect(fold).toEqual([dealStratified(labels, 5, draws), dealStratified(labels, 5, draws)]);
    expect(fold[0]).not.toEqual(fold[1]);
  });

  it('need a row of each class for each fold', () => {
    const few = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0);
    expect(() => assignFolds(few, { folds: 5, repeats: 1 }, rng())).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: cross-validation: found 3 minority rows, needed at least 5, one for each of 5 folds. Ask for fewer folds, or collect more rows of this class]`,
    );
    expect(() =>
      assignFolds(
        few.map((label) => 1 - label),
        { folds: 4, repeats: 1 },
        rng(),
      ),
    ).toThrow('cross-validation: found 3 majority rows, needed at least 4');
  });
});

describe('grouped folds', () => {
  const groups = Int32Array.from({ length: 60 }, (_, row) => row % 15);

  it('never have a group on both sides, and hold each row out once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer(), (folds, seed) => {
        const assignment = assignFolds(labels, { folds, repeats: 2, groups }, rng(seed));
        expect(assignment).toMatchObject({ kind: 'grouped', folds, repeats: 2, groups });
        for (const { repeat, fold } of foldsOf(assignment)) {
          const held = new Set(heldOutRows(assignment, repeat, fold).map((row) => groups[row]));
          const trained = trainingRows(assignment, repeat, fold).map((row) => groups[row]);
          expect([...trained].filter((group) => held.has(group))).toEqual([]);
        }
        const held = foldsOf(assignment).flatMap(({ repeat, fold }) => [...heldOutRows(assignment, repeat, fold)]);
        expect(held.sort((a, b) => a - b)).toEqual([...labels.keys()].flatMap((row) => [row, row]));
      }),
      { numRuns: 30 },
    );
  });

  it('need as many groups as folds, and both classes without any fold', () => {
    const two = groups.map((group) => group % 2);
    expect(() => assignFolds(labels, { folds: 5, repeats: 1, groups: two }, rng())).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: groups: found 2, needed at least 5, one for each of 5 folds. Ask for fewer folds, or name a column with more groups]`,
    );
    const minorityAlone = Int32Array.from(labels, (label, row) => (label === 1 ? -1 : row % 7));
    expect(() =>
      assignFolds(labels, { folds: 4, repeats: 1, groups: minorityAlone }, rng()),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: grouped fold 1 of 4: found 36 majority and 0 minority rows to train on, needed at least one of each. Name a column whose groups hold fewer rows each, or deal the rows without groups]`,
    );
  });
});

describe('time-ordered folds', () => {
  /** Later rows first, so that the order of time is not that of the rows. */
  const time = Float64Array.from({ length: 60 }, (_, row) => 1000 - row);

  it('hold out later blocks of equal size, and train on all rows before', () => {
    const assignment = assignFolds(labels, { folds: 5, repeats: 3, time }, rng());
    expect(assignment).toMatchObject({ kind: 'time-ordered', folds: 5, repeats: 1, time });
    for (let fold = 0; fold < 5; fold++) {
      const held = [...heldOutRows(assignment, 0, fold)];
      const trained = [...trainingRows(assignment, 0, fold)];
      expect(held).toHaveLength(10);
      expect(trained).toHaveLength(10 * (fold + 1));
      expect(Math.max(...trained.map((row) => time[row]))).toBeLessThan(Math.min(...held.map((row) => time[row])));
    }
    expect([...assignment.fold[0]].filter((fold) => fold === -1)).toHaveLength(10);
  });

  it('keep rows of the same time together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 60, maxLength: 60 }), (times) => {
        const shared = Float64Array.from(times);
        const { fold } = assignFolds(
          labels.map((_, row) => row % 2),
          { folds: 2, repeats: 1, time: shared },
          rng(),
        );
        const foldAt = new Map<number, number>();
        shared.forEach((at, row) => {
          expect(foldAt.get(at) ?? fold[0][row]).toBe(fold[0][row]);
          foldAt.set(at, fold[0][row]);
        });
      }),
    );
  });

  it('cut at the nearest change of time', () => {
    const shared = Float64Array.of(1, 2, 3, 3, 3, 3, 4, 5, 6);
    const both = Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0);
    // Blocks of three would be cut after rows 3 and 6; the nearest places between times are after rows 2 and 6.
    const { fold } = assignFolds(both, { folds: 2, repeats: 1, time: shared }, rng());
    expect([...fold[0]]).toEqual([-1, -1, 0, 0, 0, 0, 1, 1, 1]);
  });

  it('need enough different times, each row to have one, and both classes to train on', () => {
    const assign = (given: ArrayLike<number>, own = labels) =>
      assignFolds(own, { folds: 5, repeats: 1, time: Float64Array.from(given) }, rng());
    expect(() => assign(time.map((_, row) => row % 3))).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: time: found 3 different times in 60 rows, some shared by so many rows that 6 blocks of about 10 rows cannot be cut between them. Ask for fewer folds, or name a column that tells more times apart]`,
    );
    expect(() => assign(time.map((at, row) => (row < 2 ? Number.NaN : at)))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: time: found 2 of 60 rows without one, needed one for every row. Fill them in, or leave those rows out]`,
    );
    const lateMinority = Uint8Array.from(labels, (_, row) => Number(row > 30));
    expect(() => assign(Array.from(labels.keys()), lateMinority)).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: time-ordered fold 1 of 5: found 10 majority and 0 minority rows to train on, needed at least one of each. Ask for fewer folds, so that the first block is larger]`,
    );
  });
});

describe('assignFolds', () => {
  it.each([
    [{ folds: 1, repeats: 1 }, 'folds: found 1, needed a whole number from 2'],
    [{ folds: 2, repeats: 0 }, 'repeats: found 0, needed a whole number from 1'],
    [{ folds: 2, repeats: 1, groups: Int32Array.of(1) }, 'groups: found 1, needed 60, one per row'],
    [{ folds: 2, repeats: 1, time: Float64Array.of(1) }, 'time: found 1, needed 60, one per row'],
    [
      { folds: 2, repeats: 1, groups: new Int32Array(60), time: new Float64Array(60) },
      'folds: found groups and time, needed one of the two, or neither',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => assignFolds(labels, options, rng())).toThrow(message);
  });

  it('refuses one class', () => {
    expect(() => assignFolds(new Uint8Array(10), { folds: 2, repeats: 1 }, rng())).toThrow(
      'labels: found 10 majority and 0 minority rows, needed at least one of each',
    );
  });
});
