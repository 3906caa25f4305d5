import { availableParallelism, totalmem } from 'node:os';
import { UsageError } from '../command/usage-error.ts';

/**
 * What a thread that evaluates folds is reckoned to need. With 50,000 training rows of 14 attributes it was 125 MiB at the
 * most (three learners, peak of the process with four threads minus that with one); wider tables take more.
 */
const MEMORY_OF_A_JOB = 512 * 1024 ** 2;
const MOST_JOBS = 256;

/**
 * Folds that are evaluated side by side where the user does not say: one for each core, but no more than half of the
 * memory has room for, at 512 MiB each.
 */
export function defaultJobs(cores = availableParallelism(), memory = usableMemory()): number {
  return Math.max(1, Math.min(cores, Math.floor(memory / 2 / MEMORY_OF_A_JOB), MOST_JOBS));
}

/** The computer's, or what a container leaves of it. */
function usableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** @throws UsageError where `text` is no number of jobs */
export function readJobs(text: string): number {
  const jobs = Number(text);
  if (text.trim() !== '' && Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new UsageError(`--jobs: found ${JSON.stringify(text)}, needed a whole number from 1 to ${MOST_JOBS}`);
}
