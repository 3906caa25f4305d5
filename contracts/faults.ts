/**
 * What one message says of faults: they travel in the payloads of state machines, which end at 256 KiB, and people mend the
 * first few and try again. 20 x 500 characters are 10,000, a few times that in bytes at the worst.
 */
const MOST_FAULTS = 20;
const LONGEST_FAULT = 500;

/** Faults one below the other, for the end of a message; of very many the first, and how many more there are. */
export function listFaults(faults: readonly string[]): string {
  const lines = faults.slice(0, MOST_FAULTS).map(shortened);
  const more = faults.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `  - ${line}`).join('\n');
}

function shortened(fault: string): string {
  if (fault.length <= LONGEST_FAULT) return fault;
  // The cut may go through a surrogate pair.
  return `${fault.slice(0, LONGEST_FAULT - 1).toWellFormed()}…`;
}
