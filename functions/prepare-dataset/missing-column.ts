import { suggest } from '../../contracts/parse-request.ts';

/** `found no column "lable"; did you mean "label"?`, or which columns there are. @param needed what for, where that is not plain */
export function describeMissingColumn(name: string, names: readonly string[], needed?: string): string {
  const meant = suggest(name, names);
  const advice = meant ? `did you mean ${JSON.stringify(meant)}?` : `columns are ${names.join(', ')}`;
  return `found no column ${JSON.stringify(name)}${needed ? `, needed ${needed}` : ''}; ${advice}`;
}
