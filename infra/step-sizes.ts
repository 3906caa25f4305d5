import { Duration, Size } from 'aws-cdk-lib';
import { MOST_FOLD_ITEMS } from '../contracts/evaluation-settings.ts';
import { longestWait, RETRY, ROOM_RETRY, SERVICE_RETRY } from '../contracts/retries.ts';
import { HAPPY_PATH, MAPPED_STATE, STATES, type StateName } from '../contracts/states.ts';
import { longestContainerTry } from './container-size.ts';

/** What a step's function is given. The measurements behind it are in docs/deploying.md, "What each function is given". */
export interface StepSize {
  /** Lambda's share of a CPU grows with it: 1,769 MB are one vCPU */
  readonly memoryMiB: number;
  readonly timeout: Duration;
  /** of /tmp, where tables lie while DuckDB reads, sorts or writes them */
  readonly temporaryStorage: Size;
}

/** What Lambda gives without being asked. */
const SMALLEST_TEMPORARY_STORAGE = Size.mebibytes(512);

/** Looks at the request, or writes one small object: next to no work, but the SDK wants to be loaded. */
export const BOOKKEEPING: StepSize = {
  memoryMiB: 512,
  timeout: Duration.minutes(1),
  temporaryStorage: SMALLEST_TEMPORARY_STORAGE,
};

/** Lists a folder, or reads a record for each of at most 450 tables: requests one after the other, and little else. */
export const BATCH_BOOKKEEPING: StepSize = { ...BOOKKEEPING, timeout: Duration.minutes(5) };

/** One thread that calculates: one whole vCPU, a second one would lie idle. */
const CALCULATION: StepSize = {
  memoryMiB: 1769,
  timeout: Duration.minutes(15),
  temporaryStorage: SMALLEST_TEMPORARY_STORAGE,
};

/** For a table as it is uploaded, as Parquet and as it is published, and what DuckDB spills. */
const TABLE_STORAGE = Size.gibibytes(4);

/**
 * Memory, not processors: DuckDB calculates in one thread and has 512 MB for its own buffers (storage/tables/session.ts),
 * but all encoded rows are in memory once, too. 3,008 MB are the most that a new account may ask for.
 */
const TABLE_INPUT: StepSize = { memoryMiB: 3008, timeout: Duration.minutes(15), temporaryStorage: TABLE_STORAGE };

/** Rows are written as they are read: it takes no more memory than other steps, and one thread, too. */
const TABLE_OUTPUT: StepSize = { ...CALCULATION, temporaryStorage: TABLE_STORAGE };

export const STEP_SIZES: Readonly<Record<StateName, StepSize>> = {
  [STATES.resolveRequest]: BOOKKEEPING,
  [STATES.prepareDataset]: TABLE_INPUT,
  [STATES.trainGenerator]: CALCULATION,
  [STATES.generateRows]: CALCULATION,
  [STATES.trainDiscriminator]: CALCULATION,
  [STATES.selectRows]: CALCULATION,
  [STATES.mergeRows]: CALCULATION,
  [STATES.undersampleMajority]: CALCULATION,
  [STATES.planComparison]: CALCULATION,
  [STATES.evaluateFold]: CALCULATION,
  [STATES.fitModel]: CALCULATION,
  [STATES.evaluateResult]: CALCULATION,
  [STATES.writeReport]: CALCULATION,
  [STATES.publishDataset]: TABLE_OUTPUT,
  [STATES.recordFailure]: BOOKKEEPING,
};

/** From asking for a function to its first line: a cold start of a large bundle, and a queue before it. */
const INVOCATION_MARGIN = Duration.seconds(30);

/**
 * How long the state machine waits for one try of a step: a little longer than Lambda lets it run, so that a step that
 * takes too long ends with Lambda's own error, which says so.
 */
export function taskTimeout(state: StateName): Duration {
  return waitFor(STEP_SIZES[state]);
}

/** As `taskTimeout`, for a function that is no step of a run. */
export function waitFor({ timeout }: StepSize): Duration {
  return timeout.plus(INVOCATION_MARGIN);
}

/** How long Step Functions waits for a service to take an event. */
export const ANNOUNCEMENT_TIMEOUT = Duration.seconds(30);

/** Folds that are evaluated side by side: as many functions as a new account may run at once in all. */
export const COMPARED_AT_ONCE = 10;

/**
 * The longest that an execution may take. One full try of every state, one after the other (the Parallel's branches too,
 * which is more than they need), the failure's record after them, for each the waits of its retries, and six tries to
 * announce the result or the failure; the state of the Map as often as the most folds take, ten at a time; and once the
 * longest wait for room: 2 x 90 s + (12 + 100) x 930 s + 114 x 7 s + 902 s + 6 x 30 s + 31 s = 106,251 s, a little over 29.5
 * hours. The comparison that a request asks for by default has four rounds of the hundred (7 types x 5 folds = 35), so that
 * there is time to wait for room more than once. Retries wait for what is fast to fail (a service's fault), so that a second full try of a
 * step is not in the sum.
 *
 * @param onFargate steps that may run in a container, for each of which a full try there is added
 */
export function executionTimeout(onFargate: readonly StateName[] = []): Duration {
  const states = [...HAPPY_PATH, STATES.recordFailure];
  const inContainer = (state: StateName) => (onFargate.includes(state) ? longestContainerTry().toSeconds() : 0);
  const steps = states.map(
    (state) => rounds(state) * (taskTimeout(state).toSeconds() + inContainer(state) + longestWait(RETRY)),
  );
  const announcement = (1 + SERVICE_RETRY.maxAttempts) * ANNOUNCEMENT_TIMEOUT.toSeconds() + longestWait(SERVICE_RETRY);
  return Duration.seconds(steps.reduce((sum, each) => sum + each, announcement + longestWait(ROOM_RETRY)));
}

function rounds(state: StateName): number {
  return state === MAPPED_STATE ? Math.ceil(MOST_FOLD_ITEMS / COMPARED_AT_ONCE) : 1;
}
