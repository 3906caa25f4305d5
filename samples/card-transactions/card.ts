import type { Rng } from '../../core/random/rng.ts';
import { chance, logNormal, pick } from './draws.ts';
import type { Country, Device } from './transaction.ts';

/** A cardholder's habits. */
export interface Card {
  /** days since 1970-01-01 */
  readonly opened: number;
  readonly home: Country;
  /** what this cardholder spends, as a multiple of what everybody spends */
  readonly spending: number;
  /** what this cardholder buys online with */
  readonly device: Device;
  /** mean number of transactions in a day */
  readonly activity: number;
  readonly travels: boolean;
}

/** 2025-01-01, the first day of the sample, in days since 1970-01-01. */
export const FIRST_DAY = 20_089;

const YEARS_OF_CARDS = 8;

export function drawCard(rng: Rng): Card {
  return {
    opened: FIRST_DAY - 1 - rng.nextInt(YEARS_OF_CARDS * 365),
    home: pick({ DE: 40, FR: 20, NL: 15, ES: 10, IT: 10, GB: 5 }, rng),
    spending: logNormal(1, 0.5, rng),
    device: pick({ ios: 35, android: 40, web: 25 }, rng),
    activity: logNormal(1.2, 0.5, rng),
    travels: chance(0.12, rng),
  };
}
