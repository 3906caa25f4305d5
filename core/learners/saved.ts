import { InvalidArgumentError } from '../errors.ts';

/** What `toJSON` of a fitted learner gave, on its way back in. */
export interface Saved {
  /** what to call it in messages */
  readonly what: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** @throws InvalidArgumentError where `json` is not of this type */
export function savedLearner(json: unknown, type: string, what: string): Saved {
  const found = recordOf(json);
  if (found.type !== type) {
    throw new InvalidArgumentError(`saved learner: found type ${JSON.stringify(found.type)}, needed "${type}"`);
  }
  return { what, json: found };
}

/** A part of something saved: one without entries where `json` is none. */
export function savedPart(json: unknown, what: string): Saved {
  return { what, json: recordOf(json) };
}

/** @throws InvalidArgumentError where there is no finite number `name`, or not one that `accepts` */
export function readNumber(
  { what, json }: Saved,
  name: string,
  needed = 'a finite number',
  accepts = (_: number) => true,
): number {
  const found = json[name];
  if (typeof found !== 'number' || !Number.isFinite(found) || !accepts(found)) {
    throw new InvalidArgumentError(`${what}, ${name}: found ${JSON.stringify(found)}, needed ${needed}`);
  }
  return found;
}

/** @throws InvalidArgumentError where there is no whole number `name` from 1 */
export function readCount(saved: Saved, name: string): number {
  return readNumber(saved, name, 'a whole number from 1', (found) => Number.isInteger(found) && found >= 1);
}

/**
 * @throws InvalidArgumentError where there is no list `name` of finite numbers, or one of another length; or an empty
 * one
 */
export function readNumbers({ what, json }: Saved, name: string, needed: string, length?: number): number[] {
  const found = json[name];
  if (!Array.isArray(found) || found.length === 0 || !found.every(Number.isFinite)) {
    throw new InvalidArgumentError(`${what}, ${name}: found no list of numbers, needed ${needed}`);
  }
  if (length !== undefined && found.length !== length) {
    throw new InvalidArgumentError(`${what}, ${name}: found ${found.length} numbers, needed ${length}`);
  }
  return found;
}

/** @throws InvalidArgumentError where there is no list `name` */
export function readList({ what, json }: Saved, name: string): unknown[] {
  const found = json[name];
  if (!Array.isArray(found)) {
    throw new InvalidArgumentError(`${what}, ${name}: found ${JSON.stringify(found)}, needed a list`);
  }
  return found;
}

/** @throws InvalidArgumentError where there is no text `name` */
export function readText({ what, json }: Saved, name: string): string {
  const found = json[name];
  if (typeof found !== 'string') {
    throw new InvalidArgumentError(`${what}, ${name}: found ${JSON.stringify(found)}, needed text`);
  }
  return found;
}

function recordOf(json: unknown): Record<string, unknown> {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}
