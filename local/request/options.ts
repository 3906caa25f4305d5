import { type FieldDocs, type FieldPath, fieldDocs } from './field-docs.ts';

/** An option of the command line that sets one field of the request. */
export interface RequestOption {
  /** without its dashes */
  readonly name: string;
  /** what stands for its value in the help text */
  readonly value: string;
  /** the field that it sets */
  readonly path: FieldPath;
  readonly group: string;
  /** where the schema's words do not do for a command line */
  readonly description?: string;
}

const DATA = 'Data:';
const LEARNER = 'Learner (discriminator and downstream model):';
const GENERATION = 'Generation and sampling:';
const EVALUATION = 'Evaluation:';
const OUTPUT = 'Output:';

/**
 * Every option that sets a field of the request. Defaults, ranges and, mostly, descriptions are the schema's. A learner's
 * parameter is a line here and nothing else; one that several learners share is one option for all.
 */
export const REQUEST_OPTIONS: readonly RequestOption[] = [
  { name: 'target', value: 'column', path: ['target', 'column'], group: DATA },
  { name: 'minority', value: 'label', path: ['target', 'minority'], group: DATA },
  { name: 'columns', value: 'a,b,c', path: ['dataset', 'columns'], group: DATA },
  { name: 'ignore', value: 'a,b', path: ['dataset', 'ignore'], group: DATA },
  { name: 'missing', value: 'treatment', path: ['missing', 'treatment'], group: DATA },
  {
    name: 'learner',
    value: 'type',
    path: ['learner', 'type'],
    group: LEARNER,
    description: 'What is trained to select the generated rows and to evaluate the result.',
  },
  { name: 'max-depth', value: 'n', path: ['learner', 'maxDepth'], group: LEARNER },
  { name: 'min-samples-leaf', value: 'n', path: ['learner', 'minSamplesLeaf'], group: LEARNER },
  { name: 'class-weight', value: 'weight', path: ['learner', 'classWeight'], group: LEARNER },
  { name: 'rows', value: 'n', path: ['generator', 'rows'], group: GENERATION },
  { name: 'epochs', value: 'n', path: ['generator', 'epochs'], group: GENERATION },
  { name: 'ratio', value: 'x', path: ['sampling', 'ratio'], group: GENERATION },
  { name: 'seed', value: 'n', path: ['seed'], group: GENERATION },
  { name: 'strategy', value: 'name', path: ['strategy'], group: EVALUATION },
  { name: 'metric', value: 'name', path: ['evaluation', 'metric'], group: EVALUATION },
  {
    name: 'compare',
    value: 'a,b',
    path: ['evaluation', 'strategies'],
    group: EVALUATION,
    description: "Strategies to compare; '' compares none. cost-weights takes part where costs are named.",
  },
  { name: 'ratios', value: 'x,y', path: ['evaluation', 'ratios'], group: EVALUATION },
  { name: 'folds', value: 'n', path: ['evaluation', 'folds'], group: EVALUATION },
  { name: 'repeats', value: 'n', path: ['evaluation', 'repeats'], group: EVALUATION },
  { name: 'group', value: 'column', path: ['split', 'group'], group: EVALUATION },
  { name: 'time', value: 'column', path: ['split', 'time'], group: EVALUATION },
  {
    name: 'cost-false-positive',
    value: 'x',
    path: ['evaluation', 'costs', 'falsePositive'],
    group: EVALUATION,
    description: 'What a majority row that is called minority costs, beside --cost-false-negative.',
  },
  {
    name: 'cost-false-negative',
    value: 'x',
    path: ['evaluation', 'costs', 'falseNegative'],
    group: EVALUATION,
    description: 'What a minority row that is missed costs, above 0. Default: no costs.',
  },
  { name: 'domain', value: 'method', path: ['domain', 'method'], group: EVALUATION },
  { name: 'test-fraction', value: 'x', path: ['split', 'testFraction'], group: EVALUATION },
  { name: 'minority-fraction', value: 'x', path: ['split', 'minorityFraction'], group: EVALUATION },
  { name: 'format', value: 'format', path: ['output', 'format'], group: OUTPUT },
];

export const OUTPUT_GROUP = OUTPUT;

/** The option's line in the help text: the schema's description, and the values that can be chosen from. */
export function describeOption(option: RequestOption): string {
  const docs = fieldDocs(option.path);
  if (!option.description) {
    const choices = docs.enum && !docs.enum.every((choice) => docs.description?.includes(choice));
    return [docs.description, choices ? `One of: ${docs.enum?.join(', ')}.` : ''].filter(Boolean).join(' ');
  }
  const choices = docs.enum ? ` One of: ${docs.enum.join(', ')}.` : '';
  const usual = Array.isArray(docs.default) ? docs.default.join(', ') : docs.default;
  return `${option.description}${choices}${usual === undefined ? '' : ` Default: ${usual}.`}`;
}

/**
 * The value that a text on the command line stands for: of the field's type where it can be read so, else the text as it
 * is, for the schema to refuse.
 */
export function readValue(option: RequestOption, text: string): unknown {
  const { type, items }: FieldDocs = fieldDocs(option.path);
  if (type === 'array') return readList(text, items);
  if (type === 'number' || type === 'integer') {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(number) ? number : text;
  }
  return text;
}

/** Names, or numbers where the field holds numbers; an empty text is an empty list. */
function readList(text: string, items: FieldDocs['items']): unknown[] {
  const parts = text.trim() === '' ? [] : text.split(',').map((part) => part.trim());
  return items?.type === 'number' ? parts.map((part) => (Number.isFinite(Number(part)) ? Number(part) : part)) : parts;
}
