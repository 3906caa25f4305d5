import { createHash } from 'node:crypto';
import { fileStem } from '../contracts/uri.ts';

const LONGEST_STEM = 40;
/** Hexadecimal digits: 128 bits, so that two names never meet by chance. */
const DIGEST_LENGTH = 32;

/**
 * A name for an execution: the same for the same parts, another for others, and for people the table's name in front. Step
 * Functions takes at most 80 characters: 40 + 1 + 32 = 73.
 *
 * @param uri of the table
 * @param parts what tells this run from others, in order
 */
export function executionName(uri: string, parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGEST_LENGTH);
  const stem = readableStem(uri)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replace(/^-|-$/g, '');
  return stem ? `${stem}-${digest}` : digest;
}

/** The key of an upload may be one that no URI can name. */
function readableStem(uri: string): string {
  try {
    return fileStem(uri);
  } catch {
    return '';
  }
}
