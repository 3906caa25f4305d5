import { InvalidArgumentError } from '../../errors.ts';

type Saved = Record<string, unknown>;

/** @throws InvalidArgumentError where there is no finite number `name`, or not one that `accepts` */
export function readNumber(
  json: Saved,
  name: string,
  needed = 'a finite number',
  accepts = (_: number) => true,
): number {
  const found = json[name];
  if (typeof found !== 'number' || !Number.isFinite(found) || !accepts(found)) {
    throw new InvalidArgumentError(`saved svm, ${name}: found ${JSON.stringify(found)}, needed ${needed}`);
  }
  return found;
}

/** @throws InvalidArgumentError where there is no list `name` of finite numbers, or one of another length */
export function readNumbers(json: Saved, name: string, length?: number): Float64Array {
  const found = json[name];
  if (!Array.isArray(found) || found.length === 0 || !found.every(Number.isFinite)) {
    throw new InvalidArgumentError(`saved svm, ${name}: found no list of finite numbers, needed one`);
  }
  if (length !== undefined && found.length !== length) {
    throw new InvalidArgumentError(`saved svm, ${name}: found ${found.length} numbers, needed ${length}`);
  }
  return Float64Array.from(found);
}

/** @throws InvalidArgumentError where there is no text `name` */
export function readText(json: Saved, name: string): string {
  const found = json[name];
  if (typeof found !== 'string') {
    throw new InvalidArgumentError(`saved svm, ${name}: found ${JSON.stringify(found)}, needed text`);
  }
  return found;
}
