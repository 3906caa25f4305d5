import { Condition } from 'aws-cdk-lib/aws-stepfunctions';
import { MAPPED_STATE, STATES, type StateName } from '../contracts/states.ts';

/**
 * Where a step runs: in a Lambda function, in a container on Fargate, or, `auto`, in a function unless the table outgrows
 * it.
 */
export type Compute = 'lambda' | 'fargate' | 'auto';

/** The steps that work on rows. The others look at a request or write a record, and stay with Lambda. */
export type MovableState = Exclude<StateName, typeof STATES.resolveRequest | typeof STATES.recordFailure>;

/** ... of each step by its name; `lambda` of those that are not named. */
export type ComputeByStep = { readonly [State in MovableState]?: Compute };

const MIB = 1024 * 1024;

/**
 * What a function can take, by what PrepareDataset measures. Of the steps after it, FitModel and EvaluateResult need most memory:
 * 270, 354, 584 and 1,277, and 237, 318, 456 and 1,385 MiB for 24, 60, 119 and 477 MiB of encoded rows (node bench/step-sizes.ts;
 * the table is in docs/deploying.md), at most 190 + 3.3 x encoded. At the limit that is 190 + 3.3 x 256 = 1,035 MiB, 58% of the
 * 1,769 that a function has: a tree's, beside which some learners hold their rows twice. EvaluateResult takes at most 0.11 s x 256 =
 * 28 s of its 900. The table itself lies in /tmp (4 GiB) once as Parquet and once as what is published of it, beside what DuckDB
 * spills.
 */
export const LAMBDA_LIMITS = { encodedBytes: 256 * MIB, tableBytes: 1024 * MIB } as const;

/**
 * The folds of a comparison read a sample of a larger table, and none needs the file: EvaluateFold took 4 s and 192 to 197 MiB
 * whatever the table. That holds while the sample, as a learner takes it, is no larger than any table may be: no more than the rows
 * that a comparison uses by default, of no more than 256 MiB / (50,000 x 4 bytes) = 1,342 columns. Ten containers at a time, for
 * seconds each, would take longer to start, and more vCPUs than a new account has.
 */
export const FOLD_LIMITS = { rows: 50_000, columns: 1342 } as const;

/** The table outgrows the function of this step. */
export function outgrowsLambda(state: StateName): Condition {
  const { numberGreaterThan, or, and } = Condition;
  const manyRows = numberGreaterThan('$.prepared.encodedBytes', LAMBDA_LIMITS.encodedBytes);
  if (state !== MAPPED_STATE) {
    return or(manyRows, numberGreaterThan('$.prepared.input.bytes', LAMBDA_LIMITS.tableBytes));
  }
  const largeSample = or(
    numberGreaterThan('$.request.evaluation.maximumRows', FOLD_LIMITS.rows),
    numberGreaterThan('$.prepared.encodedAttributes', FOLD_LIMITS.columns),
  );
  return and(manyRows, largeSample);
}

/**
 * How PrepareDataset, before which nothing is measured, ends where the table outgrows its function: out of time, out of
 * memory, or out of space in /tmp.
 */
export const OUTGREW_LAMBDA: readonly string[] = [
  'Sandbox.Timedout',
  'States.Timeout',
  'Runtime.OutOfMemory',
  'Runtime.ExitError',
  'Lambda.Unknown',
  'StoreRefusedError',
];

/** The steps that run on Fargate at least at times, in the order of a run, with their choice. @throws Error */
export function stepsOnFargate(compute: Compute | ComputeByStep = 'lambda'): ReadonlyMap<StateName, Compute> {
  const asked = typeof compute === 'string' ? Object.fromEntries(MOVABLE.map((state) => [state, compute])) : compute;
  for (const [state, choice] of Object.entries(asked)) {
    if (!(MOVABLE as readonly string[]).includes(state)) {
      throw new Error(`compute: found ${state}, needed one of ${MOVABLE.join(', ')}`);
    }
    if (!(CHOICES as readonly unknown[]).includes(choice)) {
      throw new Error(`compute.${state}: found ${JSON.stringify(choice)}, needed ${CHOICES.join(', ')}`);
    }
  }
  const choiceOf = asked as ComputeByStep;
  return new Map(MOVABLE.map((state) => [state, choiceOf[state] ?? 'lambda'] as const).filter(isAway));
}

function isAway([, choice]: readonly [StateName, Compute]): boolean {
  return choice !== 'lambda';
}

const CHOICES: readonly Compute[] = ['lambda', 'fargate', 'auto'];
const MOVABLE: readonly MovableState[] = Object.values(STATES).filter(
  (state): state is MovableState => state !== STATES.resolveRequest && state !== STATES.recordFailure,
);
