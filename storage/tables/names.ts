import { InvalidHeaderError } from '../../contracts/errors.ts';

/**
 * Refuses names of columns that cannot be told apart. The first may be empty (an index without a name, as pandas
 * writes it).
 *
 * @param where the beginning of the message: the file, and what holds the names
 * @param otherwise what else may be done, for the end of the message
 * @throws InvalidHeaderError
 */
export function checkNames(where: string, names: readonly string[], otherwise = ''): void {
  const empty = names.findIndex((name, i) => name === '' && i > 0);
  if (empty >= 0) {
    throw new InvalidHeaderError(
      `${where}: found an empty name for column ${empty + 1} of ${names.length}, needed a name for each column ` +
        `but an index in first place; name it, or remove the column${otherwise}`,
    );
  }
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const first = seen.get(name);
    if (first !== undefined) {
      throw new InvalidHeaderError(
        `${where}: found the name ${JSON.stringify(name)} for the columns ${first + 1} and ${i + 1}, needed ` +
          `different names; rename one${otherwise}`,
      );
    }
    seen.set(name, i);
  }
}
