import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidArgumentError } from '../core/errors.ts';
import { LEARNER_NAMES, type LearnerName } from './contenders.ts';

export interface PaperOptions {
  /** the path of adult.data; default: looked for, then fetched */
  readonly data: string | undefined;
  readonly seeds: readonly number[];
  readonly learners: readonly LearnerName[];
  /** the folder of the outputs; the page lies beside it */
  readonly out: string;
  readonly workers: number;
}

const USAGE = `node paper/run.ts [--data <adult.data>] [--seeds 0,1,2,3,4] [--learners ${LEARNER_NAMES.join(',')}]
                  [--out docs/paper] [--workers <processes>]`;

const MOST_WORKERS = 64;

/** @throws InvalidArgumentError that names the argument */
export function parsePaperArguments(args: readonly string[]): PaperOptions {
  const { data, seeds, learners, out, workers } = parse(args);
  return {
    data: data === undefined ? undefined : resolve(data),
    seeds: list('--seeds', seeds).map((seed) => wholeNumber('--seeds', seed, Number.MIN_SAFE_INTEGER)),
    learners: list('--learners', learners).map(learnerName),
    out: resolve(out),
    workers: workers === undefined ? availableParallelism() : wholeNumber('--workers', workers, 1, MOST_WORKERS),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        seeds: { type: 'string', default: '0,1,2,3,4' },
        learners: { type: 'string', default: LEARNER_NAMES.join(',') },
        out: { type: 'string', default: 'docs/paper' },
        workers: { type: 'string' },
      },
    }).values;
  } catch (thrown) {
    throw new InvalidArgumentError(`${(thrown as Error).message}\nUsage: ${USAGE}`);
  }
}

/** The parts of a list, each of which may be in it once. */
function list(name: string, text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  const doubled = parts.find((part, i) => parts.indexOf(part) !== i);
  if (doubled !== undefined) throw new InvalidArgumentError(`${name}: found ${doubled} twice, needed each once`);
  return parts;
}

function wholeNumber(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`${name}: found "${text}", needed a whole number from ${least} to ${most}`);
}

function learnerName(text: string): LearnerName {
  const known = LEARNER_NAMES.find((name) => name === text);
  if (known) return known;
  throw new InvalidArgumentError(`--learners: found "${text}", needed ${LEARNER_NAMES.join(', ')}`);
}
