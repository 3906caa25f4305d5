import { DecisionTreeClassifier } from 'ml-cart';
import { countConfusion } from '../../core/evaluation/confusion-counts.ts';
import { matthewsCorrelation } from '../../core/evaluation/confusion-scores.ts';
import type { Adult } from '../adult.ts';
import type { LabelledRows } from '../exchange.ts';
import { timeFit } from '../fit.ts';
import { minimum, takeTurns, time } from '../series.ts';
import { extrapolate, type Measured } from './growth.ts';
import { line } from './line.ts';
import { takeSome, toArrays } from './rows.ts';

const ROWS = [2000, 4000];
const SETTINGS = { type: 'decision-tree', maxDepth: 8 } as const;

/** Depth-8 trees on growing parts of the training rows, and where their growth leads to on all of them. */
export async function benchTrees({ train, test }: Adult): Promise<string[]> {
  const { ours } = await takeTurns(3, 1, { ours: () => timeFit(SETTINGS, train, test, 0).fitSeconds });
  const lines: string[] = [];
  const measured: Measured[] = [];
  for (const rows of ROWS) {
    const part = takeSome(train, rows);
    const mcc = { ours: 0, theirs: 0, stump: fitMlCart(part, test, {}).mcc };
    const taken = await takeTurns(2, 0, {
      ours: () => {
        const fitted = timeFit(SETTINGS, part, test, 0);
        mcc.ours = fitted.mcc;
        return fitted.fitSeconds;
      },
      theirs: () => {
        const fitted = fitMlCart(part, test, { gainThreshold: 0 });
        mcc.theirs = fitted.mcc;
        return fitted.seconds;
      },
    });
    const both = { ours: minimum(taken.ours), theirs: minimum(taken.theirs) };
    measured.push({ rows, seconds: both.theirs });
    const remark = `MCC ${mcc.ours.toFixed(3)} / ${mcc.theirs.toFixed(3)}; ${mcc.stump.toFixed(3)} with the package's default gainThreshold`;
    lines.push(line(describe(part), both, 'ml-cart', remark));
  }
  const { seconds, remark } = extrapolate(measured[0], measured[1], train.labels.length);
  return [...lines, line(describe(train), { ours: minimum(ours), theirs: seconds }, 'ml-cart', remark)];
}

function describe({ matrix }: LabelledRows): string {
  return `tree fit, depth ${SETTINGS.maxDepth}, ${matrix.rows} x ${matrix.columns}`;
}

function fitMlCart(
  train: LabelledRows,
  test: LabelledRows,
  settings: { gainThreshold?: number },
): { readonly seconds: number; readonly mcc: number } {
  const classifier = new DecisionTreeClassifier({ ...settings, maxDepth: SETTINGS.maxDepth, minNumSamples: 2 });
  const rows = toArrays(train.matrix);
  const { seconds } = time(() => classifier.train(rows, Array.from(train.labels)));
  const predictions = Uint8Array.from(classifier.predict(toArrays(test.matrix)));
  return { seconds, mcc: matthewsCorrelation(countConfusion({ labels: test.labels, predictions })) ?? 0 };
}
