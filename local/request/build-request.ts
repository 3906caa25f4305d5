import { InvalidRequestError, InvalidUriError } from '../../contracts/errors.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { resolveStart } from '../../contracts/start-event.ts';
import { fileStem, parseUri } from '../../contracts/uri.ts';
import { UsageError } from '../command/usage-error.ts';
import { describeNeeded, type FieldPath, fieldDocs } from './field-docs.ts';
import { REQUEST_OPTIONS, type RequestOption, readValue } from './options.ts';

/** An option that the user typed, and what they typed. */
export interface TypedOption {
  readonly option: RequestOption;
  readonly text: string;
}

export interface RequestSources {
  readonly typed: readonly TypedOption[];
  /** URI of the table; without it the request file names one */
  readonly datasetUri?: string;
  /** URI of the folder for the outputs; without it the request file's, else the default for the table */
  readonly outputUri?: string;
  /** default: where the deployed plugin puts the outputs of the table */
  readonly defaultOutputUri?: (datasetName: string) => string;
  readonly file?: { readonly path: string; readonly content: unknown };
}

type Json = Record<string, unknown>;

/**
 * The request that a command stands for: the request file's, with the options over it, checked by the schema.
 *
 * @throws UsageError in the words of the options, or of the request file
 */
export function buildRequest(sources: RequestSources): ResolvedRequest {
  const { file, typed, datasetUri, outputUri } = sources;
  if (file && !isObject(file.content)) {
    throw new UsageError(`--request: found ${JSON.stringify(file.content)} in ${file.path}, needed a JSON object`);
  }
  const request: Json = structuredClone((file?.content as Json | undefined) ?? {});
  if (datasetUri) setField(request, ['dataset', 'uri'], datasetUri);
  for (const { option, text } of typed) setField(request, option.path, readValue(option, text));
  if (outputUri) setField(request, ['output', 'uri'], outputUri);
  const resolved = resolve(withDefaultOutput(request, sources), sources);
  requireUri('output.uri', resolved.output.uri);
  return resolved;
}

function resolve(request: Json, { typed, file }: RequestSources): ResolvedRequest {
  try {
    return resolveStart(request);
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    throw new UsageError(inTheUsersWords(error.message, typed, file?.path));
  }
}

function withDefaultOutput(request: Json, { defaultOutputUri }: RequestSources): Json {
  const uri = isObject(request.dataset) ? request.dataset.uri : undefined;
  const output = request.output ?? {};
  // What is no text, or no object, is the schema's to refuse.
  if (typeof uri !== 'string' || uri === '' || !isObject(output)) return request;
  const name = datasetName(uri);
  return output.uri === undefined && defaultOutputUri
    ? { ...request, output: { ...output, uri: defaultOutputUri(name) } }
    : request;
}

function datasetName(uri: string): string {
  requireUri('dataset.uri', uri);
  return fileStem(uri);
}

/** What the schema does not look into. Options are made URIs before; these come from a request file. */
function requireUri(field: string, uri: string): void {
  try {
    parseUri(uri);
  } catch (error) {
    if (error instanceof InvalidUriError) throw new UsageError(`${field}: ${error.message}`);
    throw error;
  }
}

/**
 * Sets a field and the objects on the way to it. Where the objects are a choice by `type`, another type starts from
 * scratch, and none is the schema's default one.
 */
function setField(request: Json, path: FieldPath, value: unknown, above: FieldPath = []): void {
  const [key, ...rest] = path;
  const here = [...above, key];
  if (rest.length === 0) {
    if (key === 'type' && request.type !== value) for (const other of Object.keys(request)) delete request[other];
    request[key] = value;
    return;
  }
  if (!isObject(request[key])) request[key] = defaultObject(here);
  setField(request[key] as Json, rest, value, here);
}

function defaultObject(path: FieldPath): Json {
  const { default: value } = fieldDocs(path);
  return isObject(value) ? { ...value } : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema's faults, one a line, each said of the option where an option set the field. */
function inTheUsersWords(message: string, typed: readonly TypedOption[], file: string | undefined): string {
  const [, ...faults] = message.split('\n');
  const said = faults.map((line) => {
    const fault = line.replace(/^ +- /, '');
    const place = fault.slice(0, fault.indexOf(': ')).split('.');
    const blamed = typed.findLast(({ option }) => option.path.every((key, index) => key === place[index]));
    if (blamed) return describeFault(blamed, fault, typed);
    return file ? `${file}: ${fault}` : fault;
  });
  return [...new Set(said)].join('\n');
}

function describeFault({ option, text }: TypedOption, fault: string, typed: readonly TypedOption[]): string {
  // A value that is fine by itself, and not beside the others.
  const [, contradiction] = /^[^ ]+: (found .*)$/.exec(fault) ?? [];
  if (contradiction) return `--${option.name}: ${contradiction}`;
  if (fault.includes(': unknown key')) {
    const learner =
      typed.findLast((other) => other.option.name === 'learner')?.text ?? fieldDocs(['learner', 'type']).default;
    return `--${option.name}: the learner ${learner} has no such parameter`;
  }
  return `--${option.name}: found ${JSON.stringify(text)}, needed ${describeNeeded(fieldDocs(option.path))}`;
}

/** The option that commander calls `attribute`: `testFraction` is `--test-fraction`. */
export function optionOf(attribute: string): RequestOption | undefined {
  return REQUEST_OPTIONS.find(({ name }) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()) === attribute);
}
