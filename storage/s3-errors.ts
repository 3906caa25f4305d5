import {
  InvalidUriError,
  ObjectNotFoundError,
  StoreAccessDeniedError,
  StoreRefusedError,
  StoreUnavailableError,
} from '../contracts/errors.ts';
import { NamedError } from '../core/errors.ts';

/** What is read of an error of the SDK: all of it may be absent. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const MISSING_BUCKET = new Set(['NoSuchBucket']);
const MISSING_OBJECT = new Set(['NoSuchKey', 'NotFound', 'NoSuchVersion', 'NoSuchUpload']);
const DENIED = new Set(['ExpiredToken', 'InvalidToken', 'TokenRefreshRequired']);
const INVALID_NAME = new Set(['KeyTooLongError', 'InvalidBucketName', 'InvalidURI', 'EndpointError']);
const PASSING = new Set(['RequestTimeout', 'TimeoutError', 'SlowDown', 'OperationAborted', 'IncompleteBody']);
const PASSING_STATUSES = new Set([408, 409, 412, 429]);
const NETWORK_CODE = /^(E[A-Z_]+|ERR_(STREAM|HTTP|TLS|SSL)_[A-Z_]+|HPE_[A-Z_]+|CERT_[A-Z_]+|DEPTH_[A-Z_]+)$/;

/**
 * The named error for an error of the SDK or the network; faults of the code are passed on as they are.
 *
 * @param doing what was tried, as in "read" or "write"
 */
export function s3Error(error: unknown, uri: string, doing: string): unknown {
  if (!(error instanceof Error) || error instanceof NamedError) return error;
  const found = error as SdkError;
  const status = found.$metadata?.httpStatusCode ?? 0;
  const what = `cannot ${doing} ${uri}: ${words(found, status)}`;
  const options = { cause: error };

  if (MISSING_BUCKET.has(found.name)) {
    return new ObjectNotFoundError(
      `${what}; check the bucket's name, and that it is in this account or shared`,
      options,
    );
  }
  if (MISSING_OBJECT.has(found.name) || status === 404 || (status === 400 && /version id/i.test(found.message))) {
    return new ObjectNotFoundError(`${what}; check the key and the version, character for character`, options);
  }
  const setting = missingSetting(found);
  if (setting) return new StoreAccessDeniedError(`cannot ${doing} ${uri}: ${setting}`, options);
  if (DENIED.has(found.name) || status === 401 || status === 403) {
    const advice =
      'check credentials and permissions; without s3:ListBucket a missing object is answered like this too';
    return new StoreAccessDeniedError(`${what}; ${advice}`, options);
  }
  if (INVALID_NAME.has(found.name)) return new InvalidUriError(`${what}; choose another name`, options);
  if (isPassing(found, status)) return new StoreUnavailableError(`${what}; try again`, options);
  if (status >= 300) return new StoreRefusedError(`${what}; trying again as it is will not help`, options);
  return error;
}

/** How often the SDK had sent the request when it gave up. */
export function attemptsOf(error: unknown): number {
  return (error as Partial<SdkError>).$metadata?.attempts ?? 1;
}

/** That an answer broke off after it had begun well: the SDK, which marks what it tried again itself, does not see it. */
export function isBrokenBody(error: unknown): boolean {
  const seen = (error as Partial<SdkError>).$metadata !== undefined;
  return !seen && s3Error(error, '', '') instanceof StoreUnavailableError;
}

export function statusOf(error: unknown): number | undefined {
  return (error as Partial<SdkError>).$metadata?.httpStatusCode;
}

/** What this computer lacks to ask S3 at all. */
function missingSetting(error: SdkError): string | undefined {
  if (error.name === 'CredentialsProviderError') {
    return `found no AWS credentials (${error.message}); set AWS_PROFILE, or sign in, for example with aws sso login`;
  }
  if (/^Region is missing/.test(error.message)) return 'found no AWS region; set AWS_REGION, or one in the AWS profile';
  return undefined;
}

function isPassing(error: SdkError, status: number): boolean {
  if (PASSING.has(error.name) || PASSING_STATUSES.has(status) || status >= 500) return true;
  // No status: the answer never came, or broke off. A checksum that does not fit its body is a damaged answer.
  return NETWORK_CODE.test(error.code ?? '') || /^Checksum mismatch|^aborted$|socket hang up/.test(error.message);
}

/** S3's own words, which say more than we know; a HEAD request has none, then the SDK writes "UnknownError". */
function words(error: SdkError, status: number): string {
  if (status === 0) return `found no whole answer from S3 (${error.code ?? error.name}: ${error.message})`;
  return `S3 answered ${status} ${error.name}${error.message ? `, ${error.message}` : ''}`;
}
