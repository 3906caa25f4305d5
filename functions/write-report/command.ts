import { PUBLISHED } from '../../contracts/layout.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { fileName, joinUri, parseUri } from '../../contracts/uri.ts';

/** The command that runs the request again, which the report itself holds. */
export function reproducingCommand({ output }: ResolvedRequest): string {
  const report = joinUri(output.uri, PUBLISHED.report);
  const { scheme, key } = parseUri(report);
  if (scheme === 'file') return `npx counterpoise rebalance --request ${quoted(key)}`;
  const copy = fileName(report);
  return `aws s3 cp ${quoted(report)} ${copy} && npx counterpoise rebalance --request ${copy}`;
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
