import { NamedError } from '../../core/errors.ts';
import { UsageError } from '../command/usage-error.ts';

/** AWS did not let us, or did not answer. */
export class StepFunctionsError extends NamedError {}

/** What was asked of Step Functions, for the message. */
export interface AskedOf {
  /** as in "start an execution of" */
  readonly doing: string;
  readonly arn: string;
  /** that the caller needs */
  readonly permission: string;
}

/** What is read of an error of the SDK: all of it may be absent. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const MISSING = new Set(['StateMachineDoesNotExist', 'StateMachineDeleting', 'ExecutionDoesNotExist']);
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidSignatureException',
  'UnrecognizedClientException',
]);
const UNUSABLE = new Set(['InvalidArn', 'StateMachineTypeNotSupported', 'ValidationException']);

/** The error in words for an error of the SDK; faults of the code are passed on as they are. */
export function awsError(error: unknown, { doing, arn, permission }: AskedOf): unknown {
  if (!(error instanceof Error) || error instanceof NamedError) return error;
  const { name, message, code, $metadata } = error as SdkError;
  const what = `cannot ${doing} ${arn}`;
  const options = { cause: error };
  if (MISSING.has(name)) {
    return new UsageError(`${what}: there is none; check its name, its region, and the account you are signed in to`);
  }
  if (UNUSABLE.has(name)) return new UsageError(`${what}: ${message}`);
  if (name === 'CredentialsProviderError') {
    const advice = 'set AWS_PROFILE, or sign in, for example with aws sso login';
    return new StepFunctionsError(`${what}: found no AWS credentials (${message}); ${advice}`, options);
  }
  if (DENIED.has(name)) {
    const advice = `check that the credentials are valid and allow ${permission}`;
    return new StepFunctionsError(`${what}: AWS answered ${name}, ${message}; ${advice}`, options);
  }
  if ($metadata?.httpStatusCode) return new StepFunctionsError(`${what}: AWS answered ${name}, ${message}`, options);
  if (code || /^TimeoutError$/.test(name)) {
    const reason = `${code ?? name}: ${message || 'no words'}`;
    return new StepFunctionsError(`${what}: found no answer (${reason}); check the network and the region`, options);
  }
  return error;
}
