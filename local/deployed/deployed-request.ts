import { resolve } from 'node:path';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { parseUri } from '../../contracts/uri.ts';
import { UsageError } from '../command/usage-error.ts';
import { buildRequest } from '../request/build-request.ts';
import { type RebalanceArguments, readRequestFile, typedOptions } from '../request/typed-request.ts';

/**
 * The request that `counterpoise start` stands for: of a table in S3, with its outputs there.
 *
 * @throws UsageError
 */
export async function deployedRequest({ input, options }: RebalanceArguments, cwd: string): Promise<ResolvedRequest> {
  const { out, request: requestFile } = options;
  const file = typeof requestFile === 'string' ? await readRequestFile(resolve(cwd, requestFile)) : undefined;
  if (input === undefined && !file) throw new UsageError('input: found none, needed s3://bucket/key of a table');
  if (input !== undefined) requireS3('input', input);
  if (typeof out === 'string') requireS3('--out', out);
  const request = buildRequest({
    typed: typedOptions(options),
    ...(input === undefined ? {} : { datasetUri: input }),
    ...(typeof out === 'string' ? { outputUri: out } : {}),
    ...(file ? { file } : {}),
  });
  requireS3('dataset.uri', request.dataset.uri);
  requireS3('output.uri', request.output.uri);
  return request;
}

function requireS3(place: string, uri: string): void {
  if (uri.startsWith('s3://')) {
    try {
      parseUri(uri);
    } catch (error) {
      throw new UsageError(`${place}: ${(error as Error).message}`);
    }
    return;
  }
  throw new UsageError(
    `${place}: found ${JSON.stringify(uri)}, needed s3://bucket/key: a deployed stack reads and writes in S3 only`,
  );
}
