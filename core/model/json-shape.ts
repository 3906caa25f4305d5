import { InvalidModelError } from './errors.ts';

/** A value out of JSON, with the words for where it lies: what it should be is checked on the way in. */
export interface JsonPlace {
  readonly value: unknown;
  /** such as `model.json, target.column` */
  readonly place: string;
}

/** The value under `key` of an object. @throws InvalidModelError where there is no object */
export function at({ value, place }: JsonPlace, key: string): JsonPlace {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged({ value, place }, 'an object');
  const found = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  return { value: found, place: `${place}${place.includes(', ') ? '.' : ', '}${key}` };
}

/** @throws InvalidModelError where there is no list */
export function items({ value, place }: JsonPlace): JsonPlace[] {
  if (!Array.isArray(value)) throw damaged({ value, place }, 'a list');
  return value.map((item, index) => ({ value: item, place: `${place}[${index}]` }));
}

/** @throws InvalidModelError where there is no text */
export function text(found: JsonPlace): string {
  if (typeof found.value !== 'string') throw damaged(found, 'a text');
  return found.value;
}

/** @throws InvalidModelError where there is no list of texts */
export function texts(found: JsonPlace): string[] {
  return items(found).map(text);
}

/** @throws InvalidModelError where there is none of `choices` */
export function oneOf<T extends string>(found: JsonPlace, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === found.value);
  if (chosen === undefined) throw damaged(found, `one of ${choices.join(', ')}`);
  return chosen;
}

/** @throws InvalidModelError where there is neither true nor false */
export function flag(found: JsonPlace): boolean {
  if (typeof found.value !== 'boolean') throw damaged(found, 'true or false');
  return found.value;
}

/** @throws InvalidModelError where there is no finite number */
export function finite(found: JsonPlace): number {
  if (typeof found.value !== 'number' || !Number.isFinite(found.value)) throw damaged(found, 'a number');
  return found.value;
}

/** @throws InvalidModelError where there is neither null nor a finite number */
export function finiteOrNull(found: JsonPlace): number | null {
  return found.value === null ? null : finite(found);
}

/** @throws InvalidModelError where there is no whole number from 0 */
export function count(found: JsonPlace): number {
  const number = finite(found);
  if (!Number.isSafeInteger(number) || number < 0) throw damaged(found, 'a whole number from 0');
  return number;
}

function damaged({ value, place }: JsonPlace, needed: string): InvalidModelError {
  const json = value === undefined ? 'nothing' : JSON.stringify(value);
  const found = json.length > 60 ? `${json.slice(0, 60)}…` : json;
  return new InvalidModelError(`${place}: found ${found}, needed ${needed}; the model is damaged`);
}
