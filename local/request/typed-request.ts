import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { fileUri } from '../../contracts/uri.ts';
import { checkFiles, locationUri, requireReadableFile } from '../command/locations.ts';
import { UsageError } from '../command/usage-error.ts';
import { SAMPLE } from '../sample.ts';
import { buildRequest, optionOf, type TypedOption } from './build-request.ts';

/** What commander hands to the command, options that were not typed left out. */
export interface RebalanceArguments {
  readonly input?: string;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/**
 * The request that the command line stands for, with the files that it names looked at.
 *
 * @throws UsageError
 */
export async function typedRequest({ input, options }: RebalanceArguments, cwd: string): Promise<ResolvedRequest> {
  const { out, request: requestFile } = options;
  const file = typeof requestFile === 'string' ? await readRequestFile(resolve(cwd, requestFile)) : undefined;
  const datasetUri = input === undefined ? (file ? undefined : fileUri(SAMPLE)) : locationUri(input, cwd, 'input');
  const request = buildRequest({
    typed: typedOptions(options),
    defaultOutputUri: (name) => fileUri(resolve(cwd, 'out', name)),
    ...(datasetUri ? { datasetUri } : {}),
    ...(typeof out === 'string' ? { outputUri: locationUri(out, cwd, '--out') } : {}),
    ...(file ? { file } : {}),
  });
  await checkFiles(request);
  return request;
}

/** The options that set a field of the request. */
export function typedOptions(options: RebalanceArguments['options']): TypedOption[] {
  return Object.entries(options).flatMap(([attribute, text]) => {
    const option = optionOf(attribute);
    return option && typeof text === 'string' ? [{ option, text }] : [];
  });
}

/** @throws UsageError where there is no such file, or no JSON in it */
export async function readRequestFile(path: string): Promise<{ path: string; content: unknown }> {
  await requireReadableFile(path, '--request');
  const text = await readFile(path, 'utf8');
  try {
    return { path, content: requestIn(JSON.parse(text.replace(/^\uFEFF/, ''))) };
  } catch (error) {
    throw new UsageError(`--request: ${path} is not JSON: ${(error as Error).message}`);
  }
}

/** A run's report and its manifest hold its request: either of them runs it again. */
function requestIn(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('execution' in content) || !('request' in content)) {
    return content;
  }
  return content.request;
}
