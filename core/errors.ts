/** Base of every error that people and the state machine see by name: `name` is the class's own name. */
export class NamedError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** An argument has the wrong shape, range or type. The message says what was found and what was needed. */
export class InvalidArgumentError extends NamedError {}

/** A value that must be a finite number is NaN or infinite. The message names the row and the column. */
export class NonFiniteValueError extends NamedError {}

/** Only one class is present where two are needed. */
export class OneClassError extends NamedError {}

/** There are fewer rows (of a class) than the operation needs. */
export class TooFewRowsError extends NamedError {}
