/**
 * Fits one task of bench/learner-tasks.ts to rows of bench/exchange.ts and does nothing else, so that the memory of the process is
 * that of the fit.
 *
 *     node bench/fit-once.ts <directory of the rows> <index of the task>
 */
import { createLearner } from '../core/learners/registry.ts';
import { createRng } from '../core/random/rng.ts';
import { readRows } from './exchange.ts';
import { LEARNER_TASKS } from './learner-tasks.ts';

const [directory, index] = process.argv.slice(2);
const { data, settings } = LEARNER_TASKS[Number(index)];
const { matrix, labels } = readRows(directory, `${data}-train`);
const weights = new Float64Array(labels.length).fill(1);
createLearner(settings).fit(matrix, labels, weights, createRng(0, 'bench-learner'));
