import { InvalidArgumentError } from '../errors.ts';

type Saved = Record<string, unknown>;

/** @throws InvalidArgumentError where there is no finite number `name`, or not one that `accepts` */
export function readNumber(
  saved: Saved,
  name: string,
  needed = 'a finite number',
  accepts = (_: number) => true,
): number {
  const found = saved[name];
  if (typeof found !== 'number' || !Number.isFinite(found) || !accepts(found)) {
    throw new InvalidArgumentError(`saved domain, ${name}: found ${JSON.stringify(found)}, needed ${needed}`);
  }
  return found;
}

/** @throws InvalidArgumentError where there is no whole number `name` from 1 */
export function readCount(saved: Saved, name: string): number {
  return readNumber(saved, name, 'a whole number from 1', (found) => Number.isInteger(found) && found >= 1);
}

/** @throws InvalidArgumentError where there is no text `name` */
export function readText(saved: Saved, name: string): string {
  const found = saved[name];
  if (typeof found !== 'string') {
    throw new InvalidArgumentError(`saved domain, ${name}: found ${JSON.stringify(found)}, needed text`);
  }
  return found;
}
