/** Base of the errors that people and the state machine see by name. `name` is the class's own name. */
export class CounterpoiseError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The request is not one: unknown keys, wrong types, values out of range. The message lists every fault. */
export class InvalidRequestError extends CounterpoiseError {}

/** A step was called with a payload that is not its part of the workflow: a fault of the wiring, not of the data. */
export class InvalidPayloadError extends CounterpoiseError {}

/** The label column, or the label of the minority, is not in the table. */
export class UnknownTargetError extends CounterpoiseError {}

/** The label column has another number of classes than two, or labels are missing. */
export class UnsupportedTargetError extends CounterpoiseError {}

/** A class has too few rows to be split, learned from or generated from. */
export class TooFewMinorityRowsError extends CounterpoiseError {}

/** The table has rows, but no column that can be learned from. */
export class NoFeaturesError extends CounterpoiseError {}

/** A location that is neither s3://bucket/key nor file:///path. */
export class InvalidUriError extends CounterpoiseError {}

/** The store did not answer as it should (throttling, a server fault, a broken connection): worth another try. */
export class StoreUnavailableError extends CounterpoiseError {}

/** There is no such object, version, bucket or file. */
export class ObjectNotFoundError extends CounterpoiseError {}

/** The store knows us too little: no credentials, no permission, a read-only folder. Trying again does not help. */
export class StoreAccessDeniedError extends CounterpoiseError {}

/** The store refuses for a reason that trying again does not mend: a full disk, an object too large, a malformed request. */
export class StoreRefusedError extends CounterpoiseError {}

/** The bytes of an artifact are cut short, of another format, of a version from the future, or damaged. */
export class CorruptArtifactError extends CounterpoiseError {}

/** A file is no table that can be read: absent, a folder, of no bytes, cut short, or of another format than CSV, TSV or Parquet. */
export class UnreadableTableError extends CounterpoiseError {}

/** A text file is not UTF-8. The message names the line and the byte. */
export class TextEncodingError extends CounterpoiseError {}

/** A line of a CSV file has too few or too many fields. */
export class RaggedRowError extends CounterpoiseError {}

/** The quotes, the delimiter or the length of a line break the CSV format. */
export class MalformedCsvError extends CounterpoiseError {}

/** The names of the columns are missing, doubled, not as many as the columns, or look like data. */
export class InvalidHeaderError extends CounterpoiseError {}

/** There are columns, but no row. */
export class EmptyTableError extends CounterpoiseError {}

/** A column is of a type that cannot be learned from: nested, binary, an interval. */
export class UnsupportedColumnTypeError extends CounterpoiseError {}

/** A value in a column of numbers or dates that is none: infinite, not a number, with a decimal comma. */
export class InvalidValueError extends CounterpoiseError {}

/** The table cannot be written so: its column names clash in the format, or with the flag of the synthetic rows. */
export class UnsupportedColumnNameError extends CounterpoiseError {}
