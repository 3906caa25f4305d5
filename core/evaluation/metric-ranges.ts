import type { MetricName } from './metric-names.ts';
import type { BenefitTable } from './metrics.ts';

/** The least and the greatest value that there can be. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** Of shares, areas, and means of shares. */
export const SHARE: Range = { least: 0, greatest: 1 };
const CORRELATION: Range = { least: -1, greatest: 1 };
/** No probability counts as smaller than 2^-52, whose negative logarithm this is (`logarithmicLoss`). */
const LOG_LOSS: Range = { least: 0, greatest: 52 * Math.LN2 };

/** @param benefit of the expected value, which can be anything where outcomes have no worth */
export function metricRange(name: MetricName, benefit?: BenefitTable): Range {
  switch (name) {
    case 'mcc':
    case 'kappa':
      return CORRELATION;
    case 'log-loss':
      return LOG_LOSS;
    case 'expected-value': {
      const worth = benefit ? Object.values(benefit) : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      return { least: Math.min(...worth), greatest: Math.max(...worth) };
    }
    default:
      return SHARE;
  }
}

/** Of one value less another one. */
export function differenceRange({ least, greatest }: Range): Range {
  return { least: least - greatest, greatest: greatest - least };
}
