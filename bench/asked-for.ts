/**
 * Times the packages that the stack was first asked for (ml-cart, ml-svm, TensorFlow.js on the CPU), and libsvm-js, against this
 * project, on as much of UCI Adult as finishes. Extrapolated figures are marked so.
 *
 *     node bench/asked-for.ts [--data <adult.data>] [--write]
 */
import { parseArgs } from 'node:util';
import { DEFAULT_ADULT, loadAdult, minorityOf } from './adult.ts';
import { HEADER } from './asked-for/line.ts';
import { benchNetworks } from './asked-for/network.ts';
import { benchMachines } from './asked-for/svm.ts';
import { benchTrees } from './asked-for/tree.ts';
import { describeMachine, report } from './report.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string', default: DEFAULT_ADULT }, write: { type: 'boolean', default: false } },
});

const adult = loadAdult(options.data);
const lines = [
  ...HEADER,
  ...(await benchTrees(adult)),
  ...(await benchMachines(adult)),
  await benchNetworks(minorityOf(adult.train).matrix),
];
report('asked-for', `${describeMachine([])}\n\n${lines.join('\n')}`, options.write);
