import { describe, expect, it } from 'vitest';
import { chooseThreshold } from '../../../core/evaluation/thresholds.ts';
import { createLearner } from '../../../core/learners/registry.ts';
import { type FoldAssignment, heldOutRows, trainingRows } from '../../../core/protocol/fold-assignment.ts';
import { createRng } from '../../../core/random/rng.ts';
import { randomOverSampler } from '../../../core/samplers/random-over-sampler.ts';
import { fitFold } from '../../../core/strategies/fit-fold.ts';
import { scoreHeldOut, takeSides } from '../../../core/strategies/fold-sides.ts';
import type { EvaluationSettings, ObservedRows } from '../../../core/strategies/settings.ts';
import type { Strategy } from '../../../core/strategies/strategy.ts';
import { trainStrategy } from '../../../core/strategies/train-strategy.ts';
import { encodeFeatures, fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { type Column, takeRows } from '../../../core/table/table.ts';
import { dealFolds, drawRows, EVERY_STRATEGY, SETTINGS } from './sample.ts';

const ROWS = 252;
const observed = drawRows(ROWS);
const FOLD = 1;

/** What an evaluation fitted to one side of a fold, as plain text, and where the rows of the other side come from. */
interface FoldFit {
  readonly fitted: string;
  /** rows of the observed ones; negative for synthetic rows */
  readonly heldOut: ArrayLike<number>;
}
type FitFold = (rows: ObservedRows) => FoldFit;

/** Ways to change rows that nothing fitted without them may notice. */
const CHANGES: Readonly<Record<string, (rows: ObservedRows, changed: ReadonlySet<number>) => ObservedRows>> = {
  'absurd values': ({ table, labels }, changed) => ({
    labels,
    table: { ...table, columns: table.columns.map((column) => withAbsurdValues(column, changed)) },
  }),
  'no values at all': ({ table, labels }, changed) => ({
    labels,
    table: { ...table, columns: table.columns.map((column) => withoutValues(column, changed)) },
  }),
  'the other label': ({ table, labels }, changed) => ({
    table,
    labels: labels.map((label, row) => (changed.has(row) ? 1 - label : label)),
  }),
};

function withAbsurdValues(column: Column, changed: ReadonlySet<number>): Column {
  if (column.kind === 'numeric') {
    return { ...column, values: column.values.map((value, row) => (changed.has(row) ? 1e9 * (row - 100) : value)) };
  }
  // A level that sorts before all others, so that every code changes.
  const levels = ['absurd', ...column.levels];
  const codes = column.codes.map((code, row) => (changed.has(row) ? 0 : code < 0 ? -1 : code + 1));
  return { ...column, levels, codes };
}

function withoutValues(column: Column, changed: ReadonlySet<number>): Column {
  return column.kind === 'numeric'
    ? { ...column, values: column.values.map((value, row) => (changed.has(row) ? Number.NaN : value)) }
    : { ...column, codes: column.codes.map((code, row) => (changed.has(row) ? -1 : code)) };
}

/** The check: the names of the changes to held-out rows that what was fitted without them has noticed. */
function noticedChanges(fit: FitFold): string[] {
  const before = fit(observed);
  const heldOut = new Set(Array.from(before.heldOut));
  return Object.keys(CHANGES).filter((name) => fit(CHANGES[name](observed, heldOut)).fitted !== before.fitted);
}

/** As the comparison does it: everything after the split. */
function fitAfterSplit(
  assignment: FoldAssignment,
  strategies: readonly Strategy[],
  settings: EvaluationSettings,
): FitFold {
  return (rows) => {
    const { fitted } = fitFold(strategies, rows, assignment, { repeat: 0, fold: FOLD }, settings, 0);
    const isOutside = (fold: number) => (assignment.kind === 'time-ordered' ? fold >= FOLD : fold === FOLD);
    return {
      fitted: JSON.stringify(fitted),
      heldOut: [...rows.labels.keys()].filter((row) => isOutside(assignment.fold[0][row])),
    };
  };
}

const groups = Int32Array.from({ length: ROWS }, (_, row) => row % 36);
const time = Float64Array.from({ length: ROWS }, (_, row) => (row * 5) % ROWS);
const wholeMajority = { ...SETTINGS, discriminator: { balance: 'none', select: 'all' } } as const;

describe('what is fitted to the training side of a fold', () => {
  it.each([
    ['stratified', dealFolds(observed), SETTINGS],
    ['grouped', dealFolds(observed, { groups }), SETTINGS],
    ['time-ordered', dealFolds(observed, { time }), SETTINGS],
    [
      'stratified, rows to generate given',
      dealFolds(observed),
      { ...wholeMajority, generator: { ...SETTINGS.generator, rows: 40 } },
    ],
    ['stratified, margins', dealFolds(observed), { ...SETTINGS, learner: { type: 'svm' } }],
    [
      'stratified, boosted trees',
      dealFolds(observed),
      { ...SETTINGS, learner: { type: 'gradient-boosted-trees', rounds: 5 } },
    ],
  ] satisfies [string, FoldAssignment, EvaluationSettings][])(
    'does not notice what the other side holds: models, encoder, thresholds, calibrators (%s)',
    (_, assignment, settings) => {
      expect(noticedChanges(fitAfterSplit(assignment, EVERY_STRATEGY, settings))).toEqual([]);
    },
  );

  it('does notice its own rows', () => {
    const assignment = dealFolds(observed);
    const fit = fitAfterSplit(assignment, EVERY_STRATEGY, SETTINGS);
    const half = trainingRows(assignment, 0, FOLD).filter((_, i) => i % 2 === 0);
    const own: FitFold = (rows) => ({ fitted: fit(rows).fitted, heldOut: half });
    expect(noticedChanges(own)).toEqual(Object.keys(CHANGES));
  });
});

describe('within the training side', () => {
  const train = Int32Array.from({ length: 120 }, (_, row) => row);
  const heldOut = Int32Array.from({ length: 60 }, (_, row) => 150 + row);
  const scores = (rows: ObservedRows) =>
    scoreHeldOut(EVERY_STRATEGY, takeSides(rows, train, heldOut, SETTINGS, 0, 'inner'));

  it.each(Object.keys(CHANGES))(
    'the score of a held-out row is its own, whatever others are changed to: %s',
    (name) => {
      const others = new Set(heldOut.slice(1));
      const before = scores(observed).map(([first]) => first);
      expect(scores(CHANGES[name](observed, others)).map(([first]) => first)).toEqual(before);
    },
  );

  it('labels of held-out rows do not enter their scores', () => {
    const turned = CHANGES['the other label'](observed, new Set(heldOut));
    expect(scores(turned)).toEqual(scores(observed));
  });
});

describe('the rows that are judged', () => {
  it('are observed rows, each once, and none of them is trained on', () => {
    const assignment = dealFolds(observed);
    for (let fold = 0; fold < 3; fold++) {
      const { rows } = fitFold(EVERY_STRATEGY, observed, assignment, { repeat: 0, fold }, SETTINGS, 0);
      expect(rows).toEqual(heldOutRows(assignment, 0, fold));
      const trained = new Set(trainingRows(assignment, 0, fold));
      expect([...rows].filter((row) => row < 0 || trained.has(row))).toEqual([]);
    }
  });
});

describe('the same check, on the wrong order', () => {
  const plain = { type: 'none', ratio: null } as const;

  /** Deals rows that were resampled before into folds: what was made of a row ends up on both sides. */
  function fitResampled(origins: Int32Array, resampled: ObservedRows, assignment: FoldAssignment): FoldFit {
    const { fitted } = fitFold([plain], resampled, assignment, { repeat: 0, fold: FOLD }, SETTINGS, 0);
    return { fitted: JSON.stringify(fitted), heldOut: heldOutRows(assignment, 0, FOLD).map((row) => origins[row]) };
  }

  it('catches over-sampling before the split', () => {
    const resampleFirst: FitFold = (rows) => {
      // The rows that are drawn do not depend on what is changed, so that nothing but the order of the steps is to blame.
      const origins = randomOverSampler.resample(observed.labels, 1, createRng(0, 'wrong'));
      const take = ({ table, labels }: ObservedRows): ObservedRows => ({
        table: takeRows(table, origins),
        labels: Uint8Array.from(origins, (row) => labels[row]),
      });
      return fitResampled(origins, take(rows), dealFolds(take(observed)));
    };
    expect(noticedChanges(resampleFirst)).toEqual(Object.keys(CHANGES));
  });

  it('catches Algorithm 1 before the split, and synthetic rows among the judged ones', () => {
    const generateFirst: FitFold = (rows) => {
      const { rows: made } = trainStrategy({ type: 'algorithm-1', ratio: 1 }, rows, SETTINGS, 0, 'wrong');
      return fitResampled(made.origins, made, dealFolds(made));
    };
    expect(Array.from(generateFirst(observed).heldOut).filter((row) => row < 0).length).toBeGreaterThan(0);
    expect(noticedChanges(generateFirst)).toEqual(Object.keys(CHANGES));
  });

  it('catches an encoder that is fitted before the split', () => {
    const encodeFirst: FitFold = ({ table, labels }) => {
      const assignment = dealFolds(observed);
      const training = trainingRows(assignment, 0, FOLD);
      const encoder = fitFeatureEncoder(table);
      const learner = createLearner({ type: 'logistic-regression' }).fit(
        encodeFeatures(encoder, takeRows(table, training)),
        Uint8Array.from(training, (row) => labels[row]),
        new Float64Array(training.length).fill(1),
        createRng(0, 'wrong'),
      );
      return { fitted: JSON.stringify([encoder, learner]), heldOut: heldOutRows(assignment, 0, FOLD) };
    };
    expect(noticedChanges(encodeFirst)).toEqual(['absurd values', 'no values at all']);
  });

  it('catches a threshold that is chosen on the rows that are judged', () => {
    const chooseLast: FitFold = (rows) => {
      const assignment = dealFolds(observed);
      const held = heldOutRows(assignment, 0, FOLD);
      const [scores] = scoreHeldOut(
        [plain],
        takeSides(rows, trainingRows(assignment, 0, FOLD), held, SETTINGS, 0, 'wrong'),
      );
      const labels = Uint8Array.from(held, (row) => rows.labels[row]);
      const threshold = chooseThreshold({ rule: 'max-f1' }, labels, scores, { beta: 1 });
      return { fitted: JSON.stringify(threshold), heldOut: held };
    };
    expect(noticedChanges(chooseLast)).toContain('the other label');
  });
});
