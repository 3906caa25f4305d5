import { describe, expect, it } from 'vitest';
import { type Candidate, type Choice, chooseBest } from '../../../core/comparison/choose-best.ts';
import { strategyFromId, strategyId } from '../../../core/strategies/strategy.ts';

const FIFTH = 1 / 5;

function best(
  candidates: Record<string, readonly (number | null)[]>,
  { higherIsBetter = true, ...more }: Partial<Choice> = {},
): string {
  const given: Candidate[] = Object.entries(candidates).map(([id, values]) => ({
    strategy: strategyFromId(id),
    values,
  }));
  const place = chooseBest(given, { higherIsBetter, testShare: FIFTH, ...more });
  return place === null ? 'none at all' : strategyId(given[place].strategy);
}

describe('chooseBest', () => {
  const base = [0.5, 0.52, 0.48, 0.51, 0.49];
  const plus = (gain: number, spread = 0) => base.map((value, i) => value + gain + (i % 2 === 0 ? spread : -spread));

  it('is the best by the metric, where it is so in every fold', () => {
    expect(best({ none: base, 'class-weights': plus(0.05), 'algorithm-1@1': plus(0.1) })).toBe('algorithm-1@1');
    expect(best({ 'algorithm-1@1': plus(0.1), none: base })).toBe('algorithm-1@1');
  });

  it('is the lowest where lower is better', () => {
    const lower = { higherIsBetter: false };
    expect(best({ none: base, 'class-weights': plus(0.05), threshold: plus(-0.05) }, lower)).toBe('threshold');
    expect(best({ none: base, 'class-weights': plus(0.05) }, lower)).toBe('none');
  });

  /** 0.03, -0.03, 0, 0.03, -0.03: a variance of 4 x 0.03^2 / 4, so the error of their mean is 0.03 sqrt(1/5 + 1/4) = 0.0201. */
  const uneven = (gain: number) => base.map((value, i) => value + gain + [0.03, -0.03, 0, 0.03, -0.03][i]);
  const error = 0.03 * Math.sqrt(1 / 5 + 1 / 4);

  it('is doing nothing where what others gain may be chance', () => {
    const t = 2.776445105;
    expect(best({ none: base, 'algorithm-1@1': uneven(t * error - 1e-6) })).toBe('none');
    expect(best({ none: base, 'algorithm-1@1': uneven(t * error + 1e-6) })).toBe('algorithm-1@1');
    expect(best({ none: base, 'algorithm-1@1': [0.9, null, null, null, null] })).toBe('none');
  });

  it('is the simplest within one standard error of the difference to the leader', () => {
    const leader = { none: base, 'class-weights': plus(0.1), 'algorithm-1@1': uneven(0.1 + error - 1e-6) };
    expect(best(leader)).toBe('class-weights');
    expect(best({ ...leader, 'algorithm-1@1': uneven(0.1 + error + 1e-6) })).toBe('algorithm-1@1');
  });

  it('is nothing that is outdone by what is simpler', () => {
    // The noisier of the two is within an error of the leader, the better of the two, in every fold a little behind it, is not.
    const candidates = {
      none: base,
      threshold: plus(0.1),
      'class-weights': uneven(0.095),
      'algorithm-1@1': plus(0.101),
    };
    expect(best({ ...candidates, threshold: plus(0.05) })).toBe('class-weights');
    expect(best(candidates)).toBe('threshold');
  });

  it('is nothing that guessing does as well, but doing nothing, which is there in any case', () => {
    expect(best({ none: base, 'class-weights': plus(0.1) }, { guessed: 0.56 })).toBe('class-weights');
    expect(best({ none: base, 'class-weights': plus(0.1) }, { guessed: 0.6 })).toBe('none');
    expect(best({ 'class-weights': plus(0.1) }, { guessed: 0.6 })).toBe('none at all');
    const lower = { higherIsBetter: false };
    expect(best({ none: base, 'class-weights': plus(-0.1) }, { ...lower, guessed: 0.3 })).toBe('none');
    expect(best({ none: base, 'class-weights': plus(-0.1) }, { ...lower, guessed: 0.45 })).toBe('class-weights');
  });

  it('prefers what changes less, of equals', () => {
    const all = [
      'algorithm-1@1',
      'over-sampling@1',
      'under-sampling@1',
      'cost-weights',
      'sqrt-class-weights',
      'class-weights',
      'threshold',
      'none',
    ];
    for (let left = all.length; left > 0; left--) {
      const candidates = Object.fromEntries(all.slice(0, left).map((id) => [id, base]));
      expect(best(candidates)).toBe(all[left - 1]);
    }
    expect(best({ 'under-sampling@1': base, 'under-sampling@3': base, 'under-sampling@2': base })).toBe(
      'under-sampling@3',
    );
  });

  it('compares on the folds where both have a value, and never prefers what has none', () => {
    const some = [0.5, null, 0.48, 0.51, 0.49];
    expect(best({ none: some, threshold: plus(0.05), 'class-weights': [null, null, null, null, null] })).toBe(
      'threshold',
    );
    const nothing = [null, null, null, null, null];
    expect(best({ none: nothing, 'class-weights': some })).toBe('class-weights');
    expect(best({ none: nothing, 'class-weights': nothing })).toBe('none');
  });
});
