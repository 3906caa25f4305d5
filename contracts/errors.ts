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
