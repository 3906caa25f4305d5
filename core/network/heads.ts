import { InvalidArgumentError } from '../errors.ts';
import { requireCount, requireOneOf } from './arguments.ts';

/**
 * A run of output columns and what turns the last layer's weighted sums there into outputs: `softmax` gives probabilities
 * that sum to 1 over the head's columns, `sigmoid` numbers in [0, 1] column by column, `linear` the sums as they are.
 */
export interface Head {
  readonly kind: 'softmax' | 'sigmoid' | 'linear';
  /** columns, at least 1 */
  readonly size: number;
}

/** A head and the first of its columns. */
export interface PlacedHead extends Head {
  readonly column: number;
}

const KINDS = ['softmax', 'sigmoid', 'linear'] as const satisfies readonly Head['kind'][];

/** How many columns the heads cover. */
export function outputColumns(heads: readonly Head[]): number {
  return heads.reduce((sum, head) => sum + head.size, 0);
}

/** The heads side by side, from column 0 on. */
export function placeHeads(heads: readonly Head[]): PlacedHead[] {
  let column = 0;
  return heads.map((head) => {
    const placed = { ...head, column };
    column += head.size;
    return placed;
  });
}

/** @throws InvalidArgumentError where there is no head, or one of an unknown kind or without columns */
export function requireHeads(heads: readonly Head[]): void {
  if (heads.length === 0) throw new InvalidArgumentError('heads: found none, needed at least one');
  heads.forEach(({ kind, size }, index) => {
    requireOneOf(kind, KINDS, `heads[${index}].kind`);
    requireCount(size, `heads[${index}].size`);
  });
}
