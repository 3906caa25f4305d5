import { NamedError } from '../core/errors.ts';

/** The request is not one: unknown keys, wrong types, values out of range. The message lists the faults. */
export class InvalidRequestError extends NamedError {}

/** A step was called with a payload that is not its part of the workflow: a fault of the wiring, not of the data. */
export class InvalidPayloadError extends NamedError {}

/** The label column, or the label of the minority, is not in the table. */
export class UnknownTargetError extends NamedError {}

/** The label column has another number of classes than two, or labels are missing. */
export class UnsupportedTargetError extends NamedError {}

/** A class has too few rows to be split, learned from or generated from. */
export class TooFewMinorityRowsError extends NamedError {}

/** The table has rows, but no column that can be learned from. */
export class NoFeaturesError extends NamedError {}

/** A location that is neither s3://bucket/key nor file:///path. */
export class InvalidUriError extends NamedError {}

/** The store did not answer as it should (throttling, a server fault, a broken connection): worth another try. */
export class StoreUnavailableError extends NamedError {}

/** The container that a step ran in was told to stop before it was done: worth another try. */
export class StepStoppedError extends NamedError {}

/** The process of a step ended without an answer: most likely it had too little memory. */
export class StepCrashedError extends NamedError {}

/** There is no such object, version, bucket or file. */
export class ObjectNotFoundError extends NamedError {}

/** The store knows us too little: no credentials, no permission, a read-only folder. Trying again does not help. */
export class StoreAccessDeniedError extends NamedError {}

/** The store refuses for a reason that trying again does not mend: a full disk, an object too large, a malformed request. */
export class StoreRefusedError extends NamedError {}

/** The bytes of an artifact are cut short, of another format, of a version from the future, or damaged. */
export class CorruptArtifactError extends NamedError {}

/** A file is no table that can be read: absent, a folder, of no bytes, cut short, or of another format than CSV, TSV or Parquet. */
export class UnreadableTableError extends NamedError {}

/** A text file is not UTF-8. The message names the line and the byte. */
export class TextEncodingError extends NamedError {}

/** A line of a CSV file has too few or too many fields. */
export class RaggedRowError extends NamedError {}

/** The quotes, the delimiter or the length of a line break the CSV format. */
export class MalformedCsvError extends NamedError {}

/** The names of the columns are missing, doubled, not as many as the columns, or look like data. */
export class InvalidHeaderError extends NamedError {}

/** There are columns, but no row. */
export class EmptyTableError extends NamedError {}

/** A column is of a type that cannot be learned from: nested, binary, an interval. */
export class UnsupportedColumnTypeError extends NamedError {}

/** A value in a column of numbers or dates that is none: infinite, not a number, with a decimal comma. */
export class InvalidValueError extends NamedError {}

/** The table cannot be written so: its column names clash in the format, or with the flag of the synthetic rows. */
export class UnsupportedColumnNameError extends NamedError {}

/** The settings file that belongs to an upload cannot be used. The message names the file and what is wrong with it. */
export class InvalidSettingsError extends NamedError {}

/** The outputs of a table would take the place of another table's. The message names both, and what to do. */
export class OutputTakenError extends NamedError {
  /** @param owner URI of the table whose outputs are in `location`, or will be */
  static of(dataset: string, location: string, owner: string): OutputTakenError {
    return new OutputTakenError(
      `${dataset}: found its output location ${location} taken by ${owner}, needed one of its own; name another output.uri ` +
        'in the settings of one of them, or, where the other table is gone for good, remove the manifest.json there',
    );
  }
}

/** A run that started later, and read another content, has published in the same output location. Its outputs stay. */
export class SupersededError extends NamedError {}

/** What a batch was asked to do is not valid: an unknown key, a folder that is not below `incoming/`. */
export class InvalidBatchError extends NamedError {}
