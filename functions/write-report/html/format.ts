/** How a number is shown. Never `NaN`, `null`, or a hyphen for a minus sign. */
export type Format = (value: number) => string;

/** What stands where a number is not defined. */
export const UNDEFINED = '–';

/** 18,109; of a mean, rounded */
export const count: Format = (value) => grouped(value, 0);

/** with so many digits after the point: 0.571 */
export function decimals(digits: number): Format {
  return (value) => grouped(value, digits);
}

/** 0.5581 as 55.8% */
export const percent: Format = (value) => `${grouped(100 * value, 1)}%`;

/** +0.073, −0.002, 0.000 */
export function signed(digits: number): Format {
  return (value) => {
    const text = grouped(value, digits);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  };
}

/** So many digits that count, and never an exponent; three of them: 12,345, 24.1, 0.412, 0.00123 */
export function significant(digits: number): Format {
  return (value) => grouped(value, digitsFor(Math.abs(value), digits));
}

/** Digits after the point that show the largest of the values with three digits that count, zero to six. */
export function commonDigits(values: readonly (number | null)[]): number {
  return digitsFor(Math.max(...values.map((value) => Math.abs(value ?? 0))), 3);
}

/** 12.0 : 1; of nothing, not defined */
export function ratio(majority: number, minority: number): string {
  return minority === 0 ? UNDEFINED : `${significant(3)(majority / minority)} : 1`;
}

function digitsFor(size: number, significantDigits: number): number {
  if (size === 0) return 0;
  return Math.min(6, Math.max(0, significantDigits - 1 - Math.floor(Math.log10(size))));
}

function grouped(value: number, digits: number): string {
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
