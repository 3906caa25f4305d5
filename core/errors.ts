/** Base of every error that the algorithms raise about their arguments. `name` is what a state machine's Retry and Catch see. */
export class CoreError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** An argument has the wrong shape, range or type. The message says what was found and what was needed. */
export class InvalidArgumentError extends CoreError {}

/** A value that must be a finite number is NaN or infinite. The message names the row and the column. */
export class NonFiniteValueError extends CoreError {}

/** Only one class is present where two are needed. */
export class OneClassError extends CoreError {}

/** There are fewer rows (of a class) than the operation needs. */
export class TooFewRowsError extends CoreError {}
