import { NamedError } from '../errors.ts';

/** What should be a published model is none: another kind of file, of a version from the future, or damaged. */
export class InvalidModelError extends NamedError {}

/** Rows to score lack columns that the model was trained on. The message lists them. */
export class MissingColumnsError extends NamedError {}

/** Rows to score hold what the model cannot take: text where it needs a number. The message names the column and the row. */
export class InvalidRowsError extends NamedError {}
