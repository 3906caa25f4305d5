import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { InvalidRequestError } from './errors.ts';
import { listFaults } from './faults.ts';
import { LARGEST_FACTOR, SMALLEST_FACTOR } from './learner-settings.ts';
import { type ParsedRequest, requestSchema } from './request.ts';

/** Names this far from a known one (in edits) are taken for slips of it. */
const FARTHEST_SLIP = 3;

/**
 * Checks a request and fills in the defaults.
 *
 * @throws InvalidRequestError that lists the faults with their paths, what was found and what was needed
 */
export function parseRequest(value: unknown): ParsedRequest {
  const parsed = requestSchema.safeParse(value, { reportInput: true });
  const faults = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.flatMap((issue) => describeIssue(issue, value));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new InvalidRequestError(`The request is not valid:\n${listFaults(faults)}`);
}

/** What each field allows, and the request as a whole does not. */
function contradictions({ learner, strategy, evaluation, split }: ParsedRequest): string[] {
  const { metric, threshold, strategies, costs, benefit, repeats } = evaluation;
  const faults = faultsOfLearner(learner);
  if (split.group !== undefined && split.time !== undefined) {
    const [group, time] = [split.group, split.time].map((name) => JSON.stringify(name));
    faults.push(`split: found both group ${group} and time ${time}, needed one of them`);
  }
  if (split.time !== undefined && repeats > 1) {
    faults.push(
      `evaluation.repeats: found ${repeats} and split.time ${JSON.stringify(split.time)}, needed 1: in the order of time ` +
        'there is but one way to deal rows into folds',
    );
  }
  if (strategy === 'auto' && strategies.length === 0) {
    faults.push('strategy: found auto and no evaluation.strategies, needed some to choose from');
  }
  if (costs || benefit) return [...faults, ...faultsOfCosts(strategy, evaluation)];
  const needed = 'and neither evaluation.costs nor evaluation.benefit, needed one of them';
  if (strategy === 'cost-weights') faults.push(`strategy: found cost-weights ${needed}`);
  if (metric === 'expected-value') faults.push(`evaluation.metric: found expected-value ${needed}`);
  if (threshold.rule === 'min-cost') faults.push(`evaluation.threshold: found min-cost ${needed}`);
  return faults;
}

function faultsOfLearner(learner: ParsedRequest['learner']): string[] {
  if (learner.type !== 'neural-network') return [];
  const { weightDecay, learningRate } = learner;
  if (weightDecay * learningRate <= 1) return [];
  return [
    `learner.weightDecay: found ${weightDecay} and a learningRate of ${learningRate}, needed at most ${1 / learningRate}, ` +
      'which is 1 / learningRate',
  ];
}

function faultsOfCosts(strategy: string, { costs, benefit }: ParsedRequest['evaluation']): string[] {
  if (benefit === undefined) return [];
  if (costs) return ['evaluation: found both costs and benefit, needed one of them'];
  const lost = [benefit.trueNegative - benefit.falsePositive, benefit.truePositive - benefit.falseNegative];
  const errors = lost.filter((cost) => cost > 0);
  if (errors.length === 0) return ['evaluation.benefit: found no error that costs anything, needed one at least'];
  const beyond = errors.find((cost) => cost < SMALLEST_FACTOR || cost > LARGEST_FACTOR);
  if (beyond !== undefined) {
    const range = `from ${SMALLEST_FACTOR} to ${LARGEST_FACTOR}`;
    return [`evaluation.benefit: found an error that costs ${beyond}, needed ${range}; take another unit`];
  }
  if (strategy !== 'cost-weights' || errors.length === lost.length) return [];
  return ['strategy: found cost-weights and an error that costs nothing, needed a cost above 0 for both'];
}

/** The closest of `known` to `name`, or undefined where none is close enough to be meant. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.min(FARTHEST_SLIP, Math.ceil(candidate.length / 2)))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

function describeIssue(issue: z.core.$ZodIssue, request: unknown): string[] {
  const place = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path, request);
    return issue.keys.map((key) => {
      const meant = suggest(key, known);
      const advice = meant ? `did you mean ${meant}?` : `known keys are ${known.join(', ')}`;
      return `${[...issue.path, key].map(String).join('.')}: unknown key; ${advice}`;
    });
  }
  // What we refuse ourselves says what was found.
  if (issue.code === 'custom') return [`${place || 'request'}: ${issue.message}`];
  const found = 'input' in issue && issue.input !== undefined ? `; found ${JSON.stringify(issue.input)}` : '';
  return [`${place || 'request'}: ${issue.message}${found}`];
}

/** The keys that the schema knows at `path`; at a union, those of the member that the request's `type` names. */
function knownKeys(path: readonly PropertyKey[], request: unknown): string[] {
  let schema = unwrap(requestSchema);
  let value = request;
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
    schema = unwrap(schema.def.shape?.[String(key)] ?? schema);
    const member = schema.def.options?.find((option) => memberType(option) === (value as { type?: unknown })?.type);
    if (member) schema = unwrap(member);
  }
  return Object.keys(schema.def.shape ?? {});
}

/** What is read of a zod schema's definition here: objects have a shape, unions options, wrappers an inner type. */
interface SchemaNode {
  readonly def: {
    readonly innerType?: SchemaNode;
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly options?: readonly SchemaNode[];
    readonly values?: readonly unknown[];
  };
}

function unwrap(schema: unknown): SchemaNode {
  let node = schema as SchemaNode;
  while (node.def.innerType) node = node.def.innerType;
  return node;
}

function memberType(option: SchemaNode): unknown {
  return option.def.shape?.type?.def.values?.[0];
}
