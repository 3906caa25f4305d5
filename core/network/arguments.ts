import { InvalidArgumentError } from '../errors.ts';

/** @throws InvalidArgumentError where `value` is no whole number above 0; `what` names it */
export function requireCount(value: number, what: string): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(`${what}: found ${value}, needed a whole number of at least 1`);
  }
}

/** @throws InvalidArgumentError where `value` is none of `allowed`; `what` names it */
export function requireOneOf(value: string, allowed: readonly string[], what: string): void {
  if (!allowed.includes(value)) {
    throw new InvalidArgumentError(`${what}: found ${value}, needed one of ${allowed.join(', ')}`);
  }
}
