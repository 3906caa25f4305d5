import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Labels } from '../../../core/learners/learner.ts';
import { createRng } from '../../../core/random/rng.ts';
import type { OverSampler } from '../../../core/samplers/over-sampler.ts';
import { planOverSampling } from '../../../core/samplers/over-sampling-plan.ts';
import type { UnderSampler } from '../../../core/samplers/under-sampler.ts';
import { planUnderSampling } from '../../../core/samplers/under-sampling-plan.ts';

/** At least one row of each class, in any order. */
export const bothClasses: fc.Arbitrary<Labels> = fc
  .array(fc.integer({ min: 0, max: 1 }), { maxLength: 60 })
  .chain((others) => fc.shuffledSubarray([...others, 0, 1], { minLength: others.length + 2 }))
  .map((labels) => Uint8Array.from(labels));

const ratios = fc.double({ min: 0.1, max: 10, noNaN: true });
const seeds = fc.integer();

/** What every under-sampler must do, whichever rows it prefers. */
export function itKeepsTheUnderSamplerContract(name: string, sampler: UnderSampler): void {
  const resample = (labels: Labels, ratio: number, seed: number) =>
    sampler.resample(labels, ratio, createRng(seed, 'sampler-contract'));

  describe(`${name} keeps the contract of under-samplers`, () => {
    it('keeps as many rows of each class as planned, in ascending order, none twice', () => {
      fc.assert(
        fc.property(bothClasses, ratios, seeds, (labels, ratio, seed) => {
          const kept = resample(labels, ratio, seed);
          const minority = labels.filter((label) => label === 1).length;
          const { rowsToKeep } = planUnderSampling({ majority: labels.length - minority, minority }, ratio);
          const keptLabels = [...kept].map((row) => labels[row]);
          expect(keptLabels.filter((label) => label === 0).length).toBe(rowsToKeep.majority);
          expect(keptLabels.filter((label) => label === 1).length).toBe(rowsToKeep.minority);
          expect([...kept]).toEqual([...new Set(kept)].sort((a, b) => a - b));
        }),
      );
    });

    it('keeps every minority row', () => {
      fc.assert(
        fc.property(bothClasses, ratios, seeds, (labels, ratio, seed) => {
          const kept = new Set(resample(labels, ratio, seed));
          labels.forEach((label, row) => {
            if (label === 1) expect(kept).toContain(row);
          });
        }),
      );
    });

    it('keeps all rows where the ratio asks for more than there are', () => {
      expect([...resample(Uint8Array.of(0, 1, 0, 1, 1), 1, 0)]).toEqual([0, 1, 2, 3, 4]);
      expect([...resample(Uint8Array.of(0, 1, 0), 2, 0)]).toEqual([0, 1, 2]);
    });

    itIsDeterministic(resample);
    itSaysWhatItCannotResample(resample);
  });
}

/** What every over-sampler must do, whichever rows it prefers. */
export function itKeepsTheOverSamplerContract(name: string, sampler: OverSampler): void {
  const resample = (labels: Labels, ratio: number, seed: number) =>
    sampler.resample(labels, ratio, createRng(seed, 'sampler-contract'));

  describe(`${name} keeps the contract of over-samplers`, () => {
    it('keeps all rows in ascending order, and after them adds as many minority rows as planned', () => {
      fc.assert(
        fc.property(bothClasses, ratios, seeds, (labels, ratio, seed) => {
          const rows = resample(labels, ratio, seed);
          const minority = labels.filter((label) => label === 1).length;
          const { rowsToAdd } = planOverSampling({ majority: labels.length - minority, minority }, ratio);
          expect([...rows.slice(0, labels.length)]).toEqual([...labels.keys()]);
          const added = [...rows.slice(labels.length)];
          expect(added).toHaveLength(rowsToAdd.minority);
          expect(added.filter((row) => labels[row] !== 1)).toEqual([]);
        }),
      );
    });

    it('adds none where the minority has as many rows as the ratio asks for', () => {
      expect([...resample(Uint8Array.of(0, 1, 0, 1, 1), 1, 0)]).toEqual([0, 1, 2, 3, 4]);
      expect([...resample(Uint8Array.of(0, 1, 0), 2, 0)]).toEqual([0, 1, 2]);
    });

    itIsDeterministic(resample);
    itSaysWhatItCannotResample(resample);
  });
}

type Resample = (labels: Labels, ratio: number, seed: number) => Int32Array;

function itIsDeterministic(resample: Resample): void {
  it('gives the same rows to the same seed, and does not touch the labels', () => {
    fc.assert(
      fc.property(bothClasses, ratios, seeds, (labels, ratio, seed) => {
        const before = labels.slice();
        expect(resample(labels, ratio, seed)).toEqual(resample(labels, ratio, seed));
        expect(labels).toEqual(before);
      }),
    );
  });
}

function itSaysWhatItCannotResample(resample: Resample): void {
  it('says what it cannot resample', () => {
    const both = Uint8Array.of(0, 1);
    const fails = (labels: Labels, ratio: number) => expect(() => resample(labels, ratio, 0));
    fails(new Uint8Array(), 1).toThrow('labels: found none, needed rows of both classes');
    fails(Uint8Array.of(0, 0), 1).toThrow('labels: found 2 majority and 0 minority rows, needed at least one of each');
    fails(Uint8Array.of(1), 1).toThrow('labels: found 0 majority and 1 minority rows, needed at least one of each');
    fails(Uint8Array.of(0, 1, 2), 1).toThrow('labels: found 2 at row 2, needed 0 (majority) or 1 (minority)');
    for (const ratio of [0, 0.09, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      fails(both, ratio).toThrow(`ratio: found ${ratio}, needed a number from 0.1 (1 is balanced)`);
    }
  });
}
