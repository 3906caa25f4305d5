import type { Rng } from '../../core/random/rng.ts';
import { type Card, FIRST_DAY } from './card.ts';
import { chance, logNormal, pick, poisson, secondsAround } from './draws.ts';
import type { Country, Device, EntryMode, MerchantCategory, Transaction } from './transaction.ts';

/** January to March 2025. */
const DAYS = 90;

/** What a purchase of each category costs: median in euros and spread of its logarithm. */
const PRICES: Readonly<Record<MerchantCategory, readonly [number, number]>> = {
  grocery: [32, 0.7],
  dining: [24, 0.6],
  fuel: [55, 0.4],
  fashion: [60, 0.8],
  tech: [90, 1.1],
  travel: [180, 1],
  games: [8, 1],
  health: [28, 0.8],
  cash: [90, 0.6],
};

const ABROAD: Readonly<Record<Country, number>> = {
  DE: 8,
  FR: 12,
  NL: 8,
  ES: 16,
  IT: 14,
  GB: 12,
  US: 14,
  BR: 4,
  TH: 7,
  SG: 3,
};

/** An ordinary purchase. Every fraud starts as one, and overrides what the fraudster does differently. */
export function drawGenuine(card: Card, rng: Rng): Transaction {
  const merchantCategory = pick(
    { grocery: 30, dining: 18, fuel: 10, fashion: 10, tech: 6, travel: 5, games: 9, health: 6, cash: 6 },
    rng,
  );
  const entryMode = drawEntryMode(merchantCategory, rng);
  const amount = drawAmount(merchantCategory, card, rng);
  const abroad = chance(card.travels ? 0.3 : 0.015, rng);
  return {
    time: drawTime(rng),
    cardOpened: card.opened,
    amount,
    spendRatio: spendRatio(amount, card, rng),
    merchantCategory,
    country: abroad ? pick(ABROAD, rng) : card.home,
    entryMode,
    device: drawDevice(entryMode, card, rng),
    distanceKm: abroad ? logNormal(900, 0.9, rng) : logNormal(entryMode === 'online' ? 12 : 4, 1.2, rng),
    transactions24h: 1 + poisson(card.activity * (chance(0.04, rng) ? 3 : 1), rng),
    declined24h: poisson(chance(0.04, rng) ? 0.9 : 0.04, rng),
    newMerchant: chance(0.3, rng),
    addressMatches: chance(0.96, rng),
    outcome: 'genuine',
  };
}

/** The amount as a multiple of what the bank has on record as usual for the card, which is not exact. */
export function spendRatio(amount: number, card: Card, rng: Rng): number {
  return amount / (card.spending * logNormal(40, 0.25, rng));
}

/** Seconds since 1970: lunch time and evening peaks, with a little all through the night. */
function drawTime(rng: Rng): number {
  const day = (FIRST_DAY + rng.nextInt(DAYS)) * 86_400;
  const part = pick({ noon: 40, evening: 48, any: 12 }, rng);
  if (part === 'any') return day + rng.nextInt(86_400);
  return day + (part === 'noon' ? secondsAround(12.5, 2.5, rng) : secondsAround(18.5, 2, rng));
}

function drawEntryMode(category: MerchantCategory, rng: Rng): EntryMode {
  if (category === 'games') return 'online';
  if (category === 'cash') return pick({ chip: 85, tap: 10, swipe: 5 }, rng);
  return pick({ chip: 32, tap: 35, swipe: 4, online: 26, phone: 3 }, rng);
}

function drawAmount(category: MerchantCategory, card: Card, rng: Rng): number {
  const [median, spread] = PRICES[category];
  const amount = Math.max(0.5, logNormal(median, spread, rng) * card.spending);
  const roundTo = category === 'cash' ? 10 : chance(0.05, rng) ? 5 : 0.01;
  return Math.max(roundTo, Math.round(amount / roundTo) * roundTo);
}

function drawDevice(entryMode: EntryMode, card: Card, rng: Rng): Device {
  if (entryMode !== 'online') return 'pos';
  return chance(0.85, rng) ? card.device : pick({ ios: 30, android: 30, web: 40 }, rng);
}
