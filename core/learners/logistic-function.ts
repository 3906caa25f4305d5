import { exponential, inverseTanh } from '../numeric/exp-log.ts';

/** The probability of the minority at the log-odds `x`, 1 / (1 + e^-x); that of the majority at -x, precise where it is tiny. */
export function sigmoid(x: number): number {
  return 1 / (1 + exponential(-x));
}

/** The log loss of a row at log-odds `x`: -ln of the probability of its label, without cancellation at either end. */
export function logLoss(x: number, label: number): number {
  const e = exponential(-Math.abs(x));
  const wrong = label === 1 ? Math.max(0, -x) : Math.max(0, x);
  return wrong + 2 * inverseTanh(e / (2 + e));
}
