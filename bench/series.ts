import { progress } from './progress.ts';

/**
 * Does the work once and says how long the part that counts took, in seconds. `turn` counts from 0, warm-ups included: a seed
 * for work that depends on chance.
 */
export type Contender = (turn: number) => number | Promise<number>;

/**
 * Lets every contender work in turn, round after round, so that whatever else the machine does meets all alike. The first
 * `warmUps` rounds are not counted.
 *
 * @returns the counted seconds of each, in order
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  warmUps: number,
  contenders: Readonly<Record<Name, Contender>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const seconds = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const taken = await contenders[name](round + warmUps);
      if (round >= 0) seconds[name].push(taken);
      progress(`  ${round < 0 ? 'warm-up' : `${round + 1}/${rounds}`} ${name}: ${taken.toFixed(3)} s`);
    }
  }
  return seconds;
}

/** What `work` gives, and how many seconds it takes. */
export function time<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const start = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

export function minimum(values: readonly number[]): number {
  return Math.min(...values);
}

export function maximum(values: readonly number[]): number {
  return Math.max(...values);
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
}
