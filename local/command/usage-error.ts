import { NamedError } from '../../core/errors.ts';

/** The command was called in a way that cannot work. The message speaks in the words that the user typed. */
export class UsageError extends NamedError {}
