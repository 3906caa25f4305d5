import type { Rng } from '../../core/random/rng.ts';
import type { Card } from './card.ts';
import { chance, logNormal, pick, poisson, secondsAround } from './draws.ts';
import { drawGenuine, spendRatio } from './genuine.ts';
import type { Transaction } from './transaction.ts';

/** The kinds of fraud and how common each is. Disputed purchases are ordinary ones that the cardholder denies. */
const PATTERNS = { cardTesting: 30, takeover: 32, collusion: 13, stolenCard: 18, disputed: 7 };

/** A fraudulent purchase. Which pattern it follows is not part of the row. */
export function drawFraud(card: Card, rng: Rng): Transaction {
  const ordinary: Transaction = { ...drawGenuine(card, rng), outcome: 'fraud' };
  switch (pick(PATTERNS, rng)) {
    case 'cardTesting':
      return cardTesting(ordinary, card, rng);
    case 'takeover':
      return takeover(ordinary, card, rng);
    case 'collusion':
      return collusion(ordinary, card, rng);
    case 'stolenCard':
      return stolenCard(ordinary, rng);
    default:
      return ordinary;
  }
}

/** Stolen card numbers tried out by script: tiny amounts online, often at night, many in a row, many declined. */
function cardTesting(ordinary: Transaction, card: Card, rng: Rng): Transaction {
  const amount = Math.max(0.5, Math.round(logNormal(2.2, 0.7, rng) * 100) / 100);
  return {
    ...ordinary,
    time: chance(0.6, rng) ? midnight(ordinary.time) + secondsAround(3, 1.6, rng) : ordinary.time,
    amount,
    spendRatio: spendRatio(amount, card, rng),
    merchantCategory: pick({ games: 55, dining: 10, health: 10, fashion: 15, grocery: 10 }, rng),
    entryMode: 'online',
    device: pick({ web: 60, android: 25, ios: 15 }, rng),
    distanceKm: logNormal(90, 1.8, rng),
    transactions24h: 1 + poisson(chance(0.75, rng) ? 7 : card.activity, rng),
    declined24h: poisson(1.2, rng),
    newMerchant: chance(0.75, rng),
    addressMatches: chance(0.75, rng),
  };
}

/** Somebody else at work in the account, mostly from abroad: dear, resellable goods. */
function takeover(ordinary: Transaction, card: Card, rng: Rng): Transaction {
  const amount = Math.round(logNormal(170, 0.8, rng) * card.spending * 100) / 100;
  const abroad = chance(0.75, rng);
  return {
    ...ordinary,
    amount,
    spendRatio: spendRatio(amount, card, rng),
    merchantCategory: pick({ tech: 40, travel: 22, fashion: 23, cash: 8, dining: 7 }, rng),
    country: abroad ? pick({ US: 22, BR: 18, TH: 18, SG: 12, GB: 15, ES: 15 }, rng) : card.home,
    entryMode: pick({ online: 70, swipe: 14, chip: 10, phone: 6 }, rng),
    device: pick({ web: 40, android: 25, ios: 20, pos: 15 }, rng),
    distanceKm: abroad ? logNormal(2500, 0.9, rng) : logNormal(30, 1.5, rng),
    newMerchant: chance(0.7, rng),
    addressMatches: chance(0.5, rng),
  };
}

/** A merchant who charges cards that were never presented: round amounts keyed in or swiped, else inconspicuous. */
function collusion(ordinary: Transaction, card: Card, rng: Rng): Transaction {
  const amount = Number(pick({ '50': 20, '80': 10, '100': 30, '150': 15, '200': 15, '300': 10 }, rng));
  return {
    ...ordinary,
    amount,
    spendRatio: spendRatio(amount, card, rng),
    merchantCategory: pick({ fashion: 25, dining: 30, health: 30, fuel: 15 }, rng),
    entryMode: pick({ swipe: 45, phone: 35, chip: 20 }, rng),
    device: 'pos',
    newMerchant: chance(0.6, rng),
  };
}

/** A card found or taken: tapped near home, again and again, below the amount that asks for a PIN, until blocked. */
function stolenCard(ordinary: Transaction, rng: Rng): Transaction {
  return {
    ...ordinary,
    time: chance(0.4, rng) ? midnight(ordinary.time) + secondsAround(22.5, 1.5, rng) : ordinary.time,
    entryMode: chance(0.8, rng) ? 'tap' : ordinary.entryMode,
    device: 'pos',
    transactions24h: 2 + poisson(5.5, rng),
    declined24h: poisson(0.7, rng),
    newMerchant: chance(0.65, rng),
  };
}

function midnight(time: number): number {
  return time - (time % 86_400);
}
