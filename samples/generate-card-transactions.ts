/**
 * Makes card-transactions.csv, the sample that comes with the project. Run it to write the file again:
 *
 *     node samples/generate-card-transactions.ts
 *
 * The seed is fixed, so the file is always the same, byte for byte. README.md describes the columns.
 */
import { writeFileSync } from 'node:fs';
import { createRng, type Rng } from '../core/random/rng.ts';
import { drawCard } from './card-transactions/card.ts';
import { chance } from './card-transactions/draws.ts';
import { drawFraud } from './card-transactions/fraud.ts';
import { drawGenuine } from './card-transactions/genuine.ts';
import { HEADER, type Transaction, toCsvLine } from './card-transactions/transaction.ts';

const SEED = 0;
const CARDS = 1500;
const GENUINE_ROWS = 19_600;
const FRAUD_ROWS = 400;
/** Fraud that nobody noticed: it is labelled genuine, as in any bank's records. */
const UNNOTICED_ROWS = 50;

/** The whole file as text, with a header, LF line ends, in order of time. */
export function generateCardTransactions(): string {
  const rng = createRng(SEED, 'card-transactions');
  const cards = Array.from({ length: CARDS }, () => drawCard(rng));
  const anyCard = () => cards[rng.nextInt(CARDS)];
  const transactions = [
    ...Array.from({ length: GENUINE_ROWS - UNNOTICED_ROWS }, () => drawGenuine(anyCard(), rng)),
    ...Array.from({ length: UNNOTICED_ROWS }, () => ({ ...drawFraud(anyCard(), rng), outcome: 'genuine' as const })),
    ...Array.from({ length: FRAUD_ROWS }, () => drawFraud(anyCard(), rng)),
  ];
  const rows = transactions.map((transaction) => withMissingValues(transaction, rng)).sort((a, b) => a.time - b.time);
  const ids = drawIds(rows.length, rng);
  return `${[HEADER, ...rows.map((row, i) => toCsvLine(ids[i], row))].join('\n')}\n`;
}

/** What a payment system fails to record, a little more often online and for fraud. */
function withMissingValues(transaction: Transaction, rng: Rng): Transaction {
  const factor = transaction.outcome === 'fraud' || transaction.entryMode === 'online' ? 1.3 : 1;
  return {
    ...transaction,
    device: chance(0.015 * factor, rng) ? undefined : transaction.device,
    distanceKm: chance(0.02 * factor, rng) ? undefined : transaction.distanceKm,
    addressMatches: chance(0.015 * factor, rng) ? undefined : transaction.addressMatches,
  };
}

/** Distinct identifiers that say nothing about their rows: `t` and six digits in base 32. */
function drawIds(count: number, rng: Rng): string[] {
  const ids = new Set<string>();
  while (ids.size < count)
    ids.add(
      `t${rng
        .nextInt(32 ** 6)
        .toString(32)
        .padStart(6, '0')}`,
    );
  return [...ids];
}

if (import.meta.main) {
  const path = new URL('card-transactions.csv', import.meta.url);
  writeFileSync(path, generateCardTransactions());
}
