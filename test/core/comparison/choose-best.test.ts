import { describe, expect, it } from 'vitest';
import { type Candidate, chooseBest } from '../../../core/comparison/choose-best.ts';
import { strategyFromId, strategyId } from '../../../core/strategies/strategy.ts';

const FIFTH = 1 / 5;

function best(candidates: Record<string, readonly (number | null)[]>, higherIsBetter = true): string {
  const given: Candidate[] = Object.entries(candidates).map(([id, values]) => ({
    strategy: strategyFromId(id),
    values,
  }));
  return strategyId(given[chooseBest(given, higherIsBetter, FIFTH)].strategy);
}

describe('chooseBest', () => {
  const base = [0.5, 0.52, 0.48, 0.51, 0.49];
  const plus = (gain: number, spread = 0) => base.map((value, i) => value + gain + (i % 2 === 0 ? spread : -spread));

  it('is the best by the metric, where it is so in every fold', () => {
    expect(best({ none: base, 'class-weights': plus(0.05), 'algorithm-1@1': plus(0.1) })).toBe('algorithm-1@1');
    expect(best({ 'algorithm-1@1': plus(0.1), none: base })).toBe('algorithm-1@1');
  });

  it('is the lowest where lower is better', () => {
    expect(best({ none: base, 'class-weights': plus(0.05), threshold: plus(-0.05) }, false)).toBe('threshold');
    expect(best({ none: base, 'class-weights': plus(0.05) }, false)).toBe('none');
  });

  it('is the simplest within one standard error of the difference to the leader', () => {
    // Five differences of 0.02 with a variance s^2 of 6 x 0.03^2 / 5: the error is s sqrt(1/5 + 1/4) = 0.0220 > 0.02.
    const within = base.map((value, i) => value + 0.02 + [0.03, -0.03, 0, 0.03, -0.03][i]);
    const error = Math.sqrt(((4 * 0.03 ** 2) / 4) * (1 / 5 + 1 / 4));
    expect(error).toBeGreaterThan(0.02);
    expect(best({ none: base, 'algorithm-1@1': within })).toBe('none');
    const beyond = base.map((value, i) => value + 0.0205 + [0.03, -0.03, 0, 0.03, -0.03][i]);
    expect(error).toBeLessThan(0.0205);
    expect(best({ none: base, 'algorithm-1@1': beyond })).toBe('algorithm-1@1');
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
    expect(best({ none: [null, null], threshold: [null, 0.2], 'class-weights': [0.1, 0.1] })).toBe('threshold');
    expect(best({ none: [null, null], 'class-weights': [0.1, -0.1] })).toBe('class-weights');
    expect(best({ none: [null, null], 'class-weights': [null, null] })).toBe('none');
  });
});
