import { resolveStart } from '../contracts/start-event.ts';
import { fileUri } from '../contracts/uri.ts';
import type { Workflow } from '../contracts/workflow.ts';
import { ADULT_COLUMNS, ADULT_TARGET } from './adult.ts';

/** Test minority rows of the source's split, to which TP is scaled so that seeds, and reports, can be compared. */
export const SOURCE_TEST_MINORITY = 1488;

/** The source's split: unstratified 80/20, then three quarters of the training minority thrown away. */
export const SPLIT = { stratified: false, testFraction: 0.2, minorityFraction: 0.25 } as const;

/** Parts into which each seed's training rows are cut to choose settings and thresholds: each is held out once. */
export const FOLDS = 5;

/** Generated rows of the mixing experiment, in tenths of the training minority. */
export const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20];

/** A run of the workflow before its first step. */
export type Run = Pick<Workflow, 'execution' | 'request'>;

/** A run whose rows are split: the whole protocol's, or a fold's. */
export type PreparedRun = Pick<Workflow, 'execution' | 'request' | 'prepared'>;

/** A table to experiment on, and a folder for what the steps leave behind. */
export interface Study {
  readonly dataset: string;
  readonly folder: string;
  readonly columns?: readonly string[];
  readonly target?: { readonly column: string; readonly minority: string };
}

/** The request of one seed; every other setting is the default that users get. */
export function seedRun({ dataset, folder, columns = ADULT_COLUMNS, target = ADULT_TARGET }: Study, seed: number): Run {
  const request = resolveStart({
    dataset: { uri: fileUri(dataset), columns },
    target,
    missing: { treatment: 'complete-case' },
    split: SPLIT,
    output: { uri: fileUri(folder) },
    seed,
  });
  return { request, execution: { id: `seed-${seed}`, startedAt: new Date(0).toISOString() } };
}

/** The same run with artifacts of its own, where `task` is at work. */
export function branch<R extends Run>(run: R, ...task: readonly string[]): R {
  return { ...run, execution: { ...run.execution, id: [run.execution.id, ...task].join('/') } };
}
