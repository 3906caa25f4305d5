import { type Report, reportSchema } from '../../../contracts/report.ts';
import { resolvedRequestSchema } from '../../../contracts/request.ts';
import { createRng, type Rng } from '../../../core/random/rng.ts';
import { fakeCalibration, fakeComparison } from './fake-comparison.ts';
import { countsAt, type FakeScores, fakeMetrics, fakeScores, thresholdGrid } from './fake-curves.ts';

const TRAIN = { majority: 18_109, minority: 1505 };
const TEST = { majority: 4545, minority: 1488 };
const BENEFIT = { truePositive: 40, trueNegative: 0, falsePositive: -8, falseNegative: -60 };

const NUMERIC = ['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'];
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  workclass: ['Private', 'Self-emp-not-inc', 'Local-gov', 'State-gov', 'Self-emp-inc', 'Federal-gov', 'Without-pay'],
  education: ['Bachelors', 'HS-grad', 'Some-college', 'Masters', 'Assoc-voc', '11th', 'Assoc-acdm', '10th', '7th-8th'],
  'marital-status': ['Married-civ-spouse', 'Never-married', 'Divorced', 'Separated', 'Widowed'],
  occupation: ['Exec-managerial', 'Prof-specialty', 'Sales', 'Craft-repair', 'Adm-clerical', 'Tech-support', 'Other'],
  relationship: ['Husband', 'Not-in-family', 'Wife', 'Own-child', 'Unmarried', 'Other-relative'],
  race: ['White', 'Black', 'Asian-Pac-Islander', 'Amer-Indian-Eskimo', 'Other'],
  sex: ['Male', 'Female'],
  'native-country': Array.from({ length: 41 }, (_, i) => (i === 0 ? 'United-States' : `Country-${i}`)),
};

/** A report of the shape and size of Adult's, of made-up figures that agree with one another. */
export function fakeReport(changes: Partial<Report> = {}): Report {
  const rng = createRng(7, 'fake-report');
  const scores = {
    observed: fakeScores(rng, TEST, 2.6),
    undersampled: fakeScores(rng, TEST, 2.5),
    rebalanced: fakeScores(rng, TEST, 2.7),
  };
  const report: Report = {
    version: 1,
    execution: 'local-0123456789ab',
    counterpoise: '0.1.0',
    dataset: { uri: 'file:///data/adult.csv', bytes: 3_974_305, sha256: '0a'.repeat(32) },
    target: { column: 'income', minority: '>50K', majority: '<=50K' },
    request: resolvedRequestSchema.parse({
      dataset: { uri: 'file:///data/adult.csv' },
      target: { column: 'income', minority: '>50K' },
      output: { uri: 'file:///data/balanced/adult/', format: 'csv' },
    }),
    command:
      "counterpoise rebalance /data/adult.csv --target income --minority '>50K' --minority-fraction 0.25 --seed 0",
    columns: fakeColumns(),
    verdict: {
      headline: 'Moving the threshold does better than rebalancing, with 79% fewer false alarms: prefer it.',
      reasons: [
        'By MCC, “Threshold moved” comes first with 0.539, beside 0.399 for “Algorithm 1, 1:1”, which was asked for.',
        'Algorithm 1 finds 87% of the minority, the moved threshold 62%: much of that gain is a bolder operating point.',
        'At the false-positive rate of plain under-sampling, no strategy finds more than three minority rows in a hundred more than another.',
      ],
      prefer: 'threshold',
    },
    flow: [
      { step: 'Rows read', majority: 24_720, observedMinority: 7841, syntheticMinority: 0 },
      { step: 'Complete rows', majority: 22_654, observedMinority: 7508, syntheticMinority: 0 },
      { step: 'Training rows', majority: TRAIN.majority, observedMinority: TRAIN.minority, syntheticMinority: 0 },
      {
        step: 'New-feature rows merged',
        majority: TRAIN.majority,
        observedMinority: TRAIN.minority,
        syntheticMinority: 466,
      },
      { step: 'Majority under-sampled', majority: 1971, observedMinority: TRAIN.minority, syntheticMinority: 466 },
    ],
    comparison: fakeComparison(rng, TRAIN),
    test: {
      rows: TEST,
      bootstrap: {
        kind: 'stratified',
        units: null,
        replicates: 1000,
        intervals:
          '95% intervals of a stratified bootstrap: 1,000 samples, drawn with replacement from the rows of each class.',
      },
      results: [
        fakeResult('observed', 'Observed rows, as they are', scores.observed, 0.5),
        fakeResult('undersampled', 'Under-sampled', scores.undersampled, 0.26),
        fakeResult('rebalanced', 'Rebalanced by Algorithm 1', scores.rebalanced, 0.24),
      ],
      published: 'rebalanced',
    },
    thresholds: fakeThresholds(scores.rebalanced, 0.24),
    calibration: { used: 'isotonic', test: fakeCalibration(rng, 0.21) },
    distributions: [
      ...NUMERIC.map((name) => fakeNumeric(name, rng)),
      ...Object.entries(LEVELS).map(([name, levels]) => fakeCategorical(name, levels, rng)),
    ],
    projection: { explained: [0.183, 0.094], points: fakePoints(rng, 2000) },
    domain: {
      method: 'nearest-neighbours',
      coverage: 0.95,
      synthetic: { rows: 466, outside: 31 },
      testInside: { observed: 0.9483, undersampled: 0.8712, published: 0.8935 },
    },
    provenance: {
      generator: 'autoencoder',
      seed: 0,
      rows: 466,
      file: 'synthetic.csv',
      discriminability: 0.671,
      duplicateShare: 0.0129,
      reconstructionLoss: 0.318234,
    },
    ...changes,
  };
  return reportSchema.parse(report);
}

function fakeResult(id: string, label: string, scores: FakeScores, threshold: number): Report['test']['results'][0] {
  const points = thresholdGrid(scores, 200).map((t) => countsAt(scores, t));
  const recall = (p: { truePositives: number }) => p.truePositives / scores.minority.length;
  const counts = countsAt(scores, threshold);
  return {
    id,
    label,
    counts,
    metrics: fakeMetrics(counts, 0.014, BENEFIT),
    roc: points.map((p) => ({ falsePositiveRate: p.falsePositives / scores.majority.length, recall: recall(p) })),
    precisionRecall: points.map((p) => ({
      recall: recall(p),
      precision: p.truePositives / Math.max(1, p.truePositives + p.falsePositives),
    })),
  };
}

function fakeThresholds(scores: FakeScores, chosen: number): Report['thresholds'] {
  const byRule = [
    { rule: 'max-metric', label: 'Best MCC', threshold: 0.412 },
    { rule: 'max-f1', label: 'Best F1', threshold: 0.387 },
    { rule: 'max-f-beta', label: 'Best F2', threshold: 0.205 },
    { rule: 'min-cost', label: 'Least cost', threshold: 0.152 },
    { rule: 'youden', label: 'Youden’s J', threshold: 0.268 },
    { rule: 'precision-at-least', label: 'Precision of at least 0.99', threshold: null },
  ];
  const named = [chosen, ...byRule.flatMap(({ threshold }) => threshold ?? [])];
  const all = [...new Set([...thresholdGrid(scores, 200), ...named])].sort((a, b) => b - a);
  return {
    chosen,
    byRule,
    points: all.map((threshold) => {
      const { truePositives, falsePositives } = countsAt(scores, threshold);
      return { threshold, probability: threshold ** 1.6, truePositives, falsePositives };
    }),
    benefit: BENEFIT,
  };
}

function fakeNumeric(name: string, rng: Rng): Report['distributions'][number] {
  const bins = 24;
  const skewed = name.startsWith('capital');
  const shape = (shift: number) => {
    const heights = Array.from({ length: bins }, (_, i) =>
      skewed ? Math.exp(-i * (1.6 + shift)) + 0.004 * rng.nextFloat() : Math.exp(-(((i - 11 - shift) / 5) ** 2)),
    );
    return heights.map((height) => height / heights.reduce((a, b) => a + b));
  };
  const observed = shape(0);
  const synthetic = shape(skewed ? 0.2 : 4 * rng.nextFloat() - 2);
  let gap = 0;
  let distance = 0;
  for (let i = 0; i < bins; i++) {
    gap += observed[i] - synthetic[i];
    distance = Math.max(distance, Math.abs(gap));
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => (skewed ? 4166.625 * i : 17 + 3 * i));
  return { kind: 'numeric', name, edges, observed, synthetic, distance };
}

function fakeCategorical(name: string, levels: readonly string[], rng: Rng): Report['distributions'][number] {
  const shares = (values: number[]) => values.map((value) => value / values.reduce((a, b) => a + b));
  const observed = shares(levels.map((_, i) => Math.exp(-i / 2)));
  const synthetic = shares(observed.map((value) => value * (0.7 + 0.6 * rng.nextFloat())));
  const distance = observed.reduce((sum, value, i) => sum + Math.abs(value - synthetic[i]), 0) / 2;
  return { kind: 'categorical', name, levels: [...levels], observed, synthetic, distance };
}

function fakePoints(rng: Rng, count: number): Report['projection']['points'] {
  return Array.from({ length: count }, (_, i) => {
    const kind = i % 2 === 0 ? 'majority' : i % 4 === 1 ? 'minority' : 'synthetic';
    const group = rng.nextInt(3);
    const shift = kind === 'majority' ? -1 : 0.8;
    return {
      x: shift + 1.6 * group + 0.7 * rng.nextNormal(),
      y: (kind === 'synthetic' ? 0.3 : 0) + (group === 1 ? 2 : 0) + 0.8 * rng.nextNormal(),
      kind,
    };
  });
}

function fakeColumns(): Report['columns'] {
  const features = [...NUMERIC, ...Object.keys(LEVELS)].map((name) => ({
    name,
    type: NUMERIC.includes(name) ? ('integer' as const) : ('text' as const),
    role: 'feature' as const,
    missing: name === 'workclass' ? 1836 : 0,
    distinct: LEVELS[name]?.length ?? 73,
    treatment: NUMERIC.includes(name) ? 'standardized; synthetic rows are given observed values' : 'one-hot encoded',
  }));
  const target = { name: 'income', type: 'text' as const, role: 'target' as const, missing: 0, distinct: 2 };
  return [...features, { ...target, treatment: 'the label; synthetic rows hold the minority label' }];
}
