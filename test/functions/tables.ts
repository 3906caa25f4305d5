import { createRng } from '../../core/random/rng.ts';

export const HEADER = ['id', 'amount', 'count', 'country', 'member', 'day', 'note', 'label'] as const;

/**
 * A table with a column of every kind: 300 rows, every tenth fraud; `note` is the same in every row, `id` names rows.
 *
 * @param gaps share of the amounts that are missing
 */
export function paymentsTable({ seed = 1, rows = 300, gaps = 0 } = {}): string {
  const rng = createRng(seed, 'payments');
  const lines = Array.from({ length: rows }, (_, row) => {
    const fraud = row % 10 === 0;
    const amount = rng.nextFloat() < gaps ? '' : (Math.abs(rng.nextNormal()) * (fraud ? 400 : 50)).toFixed(2);
    const day = new Date(Date.UTC(2025, 0, 1 + rng.nextInt(200))).toISOString().slice(0, 10);
    return [
      `tx-${String(row).padStart(4, '0')}`,
      amount,
      rng.nextInt(fraud ? 9 : 4),
      ['DE', 'FR', 'US'][rng.nextInt(fraud ? 3 : 2)],
      rng.nextFloat() < (fraud ? 0.2 : 0.7),
      day,
      'card',
      fraud ? 'fraud' : 'fine',
    ].join(',');
  });
  return `${[HEADER.join(','), ...lines].join('\n')}\n`;
}
