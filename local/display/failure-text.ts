import { safeLines, safeText } from './safe-text.ts';

/** Errors of the language, not of ours: nobody's data or request should lead to one. */
const UNEXPECTED = ['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'ZodError', 'States.Runtime'];

export interface Failure {
  readonly error: string;
  readonly cause: string;
  /** where the record of the failure lies, in words for people */
  readonly record?: string;
  /** the run was in AWS, where the functions' logs show what DEBUG shows here */
  readonly deployed?: boolean;
  /** the outputs were in place before it failed */
  readonly published?: boolean;
}

/** Says why a run failed, to the person who can do something about it. */
export function failureText({ error, cause, record, deployed, published }: Failure): string {
  const lines = [`${safeText(error)}: ${safeLines(plainCause(cause))}`];
  if (UNEXPECTED.includes(error)) {
    const where = deployed ? 'The logs of the functions show' : 'With DEBUG=1 it shows';
    lines.push(`This is a fault of Counterpoise, not of your data. ${where} where it happened.`);
  }
  const left = published ? 'The outputs had been published, and are whole.' : 'Nothing was published.';
  lines.push(`${left}${record ? ` The failure is recorded in ${safeText(record)}` : ''}`);
  return lines.join('\n');
}

/** A Lambda function's cause is JSON that holds the message; every other one is the message. */
export function plainCause(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (parsed && typeof parsed === 'object' && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // Not JSON: a message already.
  }
  return cause;
}
