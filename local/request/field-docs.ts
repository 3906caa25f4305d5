import { z } from 'zod';
import { requestSchema } from '../../contracts/request.ts';

/** A field of the request as its JSON schema describes it: what help texts and error messages are made of. */
export interface FieldDocs {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, FieldDocs>>;
  readonly oneOf?: readonly FieldDocs[];
  readonly anyOf?: readonly FieldDocs[];
  /** of an array */
  readonly items?: FieldDocs;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** Beyond these, a number on a computer is no longer the one that was written. */
const WHOLE_NUMBERS = ` from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;

export type FieldPath = readonly string[];

const REQUEST = z.toJSONSchema(requestSchema, { io: 'input' }) as FieldDocs;

/**
 * The docs of the field at `path`. Of a choice by `type` (learners), the first member that has the field is taken; the
 * field `type` itself has all members' names as its values.
 */
export function fieldDocs(path: FieldPath): FieldDocs {
  let node = REQUEST;
  for (const key of path) {
    if (node.oneOf && key === 'type') return typeDocs(node);
    const owner = node.oneOf?.find((member) => member.properties?.[key]) ?? node;
    const next = owner.properties?.[key];
    if (!next) throw new Error(`The request has no field ${path.join('.')}.`);
    node = next;
  }
  return asTextDocs(node);
}

/** Of a field that takes a name or an object: what can be written as one word on a command line. */
function asTextDocs(docs: FieldDocs): FieldDocs {
  const names = docs.anyOf?.find((member) => member.enum);
  return names ? { ...names, ...docs } : docs;
}

function typeDocs(choice: FieldDocs): FieldDocs {
  const names = (choice.oneOf ?? []).flatMap((member) => member.properties?.type?.const ?? []);
  const { type } = (choice.default ?? {}) as { type?: string };
  return { type: 'string', enum: names, default: type };
}

/** What a value has to be: `a whole number from 1 to 64`, `one of csv, parquet`. */
export function describeNeeded(docs: FieldDocs): string {
  if (docs.enum) return docs.enum.length === 1 ? docs.enum[0] : `one of ${docs.enum.join(', ')}`;
  if (docs.type === 'array') return describeList(docs);
  if (docs.type === 'integer') return `a whole number${describeRange(docs) || WHOLE_NUMBERS}`;
  if (docs.type === 'number') return `a number${describeRange(docs)}`;
  return 'a text that is not empty';
}

function describeList({ items, minItems, maxItems }: FieldDocs): string {
  if (items?.enum) return `any of ${items.enum.join(', ')}, separated by commas`;
  const many = minItems ? `${maxItems ? `${minItems} to ${maxItems}` : `at least ${minItems}`} ` : '';
  const values = items?.type === 'number' ? `numbers${describeRange(items)}` : 'names';
  return `${many}${values}, separated by commas`;
}

function describeRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: FieldDocs): string {
  const least = limit(minimum, 'of at least') ?? limit(exclusiveMinimum, 'above');
  const most = limit(maximum, 'of at most') ?? limit(exclusiveMaximum, 'below');
  if (limit(minimum, '') && limit(maximum, '')) return ` from ${minimum} to ${maximum}`;
  return [least, most].some(Boolean) ? ` ${[least, most].filter(Boolean).join(' and ')}` : '';
}

/** Limits of what a computer's numbers can hold are none of the field's. */
function limit(value: number | undefined, words: string): string | undefined {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : `${words} ${value}`;
}
