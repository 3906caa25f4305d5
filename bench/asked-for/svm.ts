import libsvm from 'libsvm-js';
import MlSvm from 'ml-svm';
import { createRng } from '../../core/random/rng.ts';
import type { Adult } from '../adult.ts';
import type { LabelledRows } from '../exchange.ts';
import { timeFit } from '../fit.ts';
import { progress } from '../progress.ts';
import { minimum, takeTurns, time } from '../series.ts';
import { extrapolate, type Measured } from './growth.ts';
import { line } from './line.ts';
import { takeSome, toArrays } from './rows.ts';

const ML_SVM_ROWS = [500, 1000, 2000];
const LIBSVM_ROWS = [4000];
const TOLERANCE = 1e-3;
const SETTINGS = { type: 'svm', C: 1, tolerance: TOLERANCE } as const;

/** RBF machines with C = 1 and one gamma, on growing parts of the training rows, and on all of them. */
export async function benchMachines({ train, test }: Adult): Promise<string[]> {
  const gamma = scaleGamma(train);
  const Libsvm = await libsvm;
  const fitLibsvm = ({ matrix, labels }: LabelledRows): number => {
    const machine = new Libsvm({
      type: Libsvm.SVM_TYPES.C_SVC,
      kernel: Libsvm.KERNEL_TYPES.RBF,
      cost: 1,
      gamma,
      tolerance: TOLERANCE,
      cacheSize: 200,
      quiet: true,
    });
    const rows = toArrays(matrix);
    const { seconds } = time(() => machine.train(rows, Array.from(labels)));
    machine.free();
    return seconds;
  };
  const compare = async (part: LabelledRows, name: string, fit: (part: LabelledRows) => number, rounds: number) => {
    progress(`${name}, ${part.labels.length} rows`);
    const taken = await takeTurns(rounds, 0, {
      ours: () => timeFit({ ...SETTINGS, gamma }, part, test, 0).fitSeconds,
      theirs: () => fit(part),
    });
    return { ours: minimum(taken.ours), theirs: minimum(taken.theirs) };
  };

  const lines: string[] = [];
  const measured: Measured[] = [];
  for (const rows of ML_SVM_ROWS) {
    const part = takeSome(train, rows);
    const both = await compare(part, 'ml-svm', (part) => fitMlSvm(part, gamma), 2);
    measured.push({ rows, seconds: both.theirs });
    lines.push(line(describe(part), both, 'ml-svm', ''));
  }
  for (const rows of LIBSVM_ROWS) {
    const part = takeSome(train, rows);
    lines.push(line(describe(part), await compare(part, 'libsvm-js', fitLibsvm, 2), 'libsvm-js', ''));
  }
  const all = await compare(train, 'libsvm-js', fitLibsvm, 1);
  lines.push(line(describe(train), all, 'libsvm-js', 'one round'));
  const { seconds, remark } = extrapolate(measured[0], measured[measured.length - 1], train.labels.length);
  const memory = 'it would hold a kernel value for each pair of rows';
  lines.push(line(describe(train), { ours: all.ours, theirs: seconds }, 'ml-svm', `${remark}; ${memory}`));
  return lines;
}

function describe({ matrix }: LabelledRows): string {
  return `SVM fit, RBF, C 1, ${matrix.rows} x ${matrix.columns}`;
}

/** A simplified machine (Platt 1998, without its heuristics), which holds the whole kernel matrix. */
function fitMlSvm({ matrix, labels }: LabelledRows, gamma: number): number {
  const rng = createRng(0, 'bench-ml-svm');
  const machine = new MlSvm({
    C: 1,
    tol: TOLERANCE,
    maxPasses: 10,
    maxIterations: 10_000,
    alphaTol: 1e-6,
    kernel: 'rbf',
    kernelOptions: { sigma: Math.sqrt(1 / (2 * gamma)) },
    random: () => rng.nextFloat(),
    whitening: false,
  });
  const rows = toArrays(matrix);
  const signs = Array.from(labels, (label) => (label === 1 ? 1 : -1));
  return time(() => machine.train(rows, signs)).seconds;
}

/** 1 / (columns * variance of the matrix), scikit-learn's `scale`. */
function scaleGamma({ matrix: { columns, data } }: LabelledRows): number {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return 1 / (columns * variance);
}
