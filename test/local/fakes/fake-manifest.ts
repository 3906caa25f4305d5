import type { SucceededManifest } from '../../../contracts/manifest.ts';
import type { Scores } from '../../../contracts/workflow.ts';

/** Scores of a classifier on 80 minority and 3,920 majority test rows. */
export function scores(truePositives: number, falsePositives: number, more: Partial<Scores> = {}): Scores {
  return {
    truePositives,
    falsePositives,
    falseNegatives: 80 - truePositives,
    trueNegatives: 3920 - falsePositives,
    recall: truePositives / 80,
    precision: truePositives / (truePositives + falsePositives),
    f1: 0.25,
    mcc: 0.5,
    falsePositiveRate: falsePositives / 3920,
    prAuc: 0.625,
    recallAtUndersampledFpr: 0.75,
    ...more,
  };
}

export function fakeManifest(more: Partial<SucceededManifest> = {}): SucceededManifest {
  return {
    status: 'succeeded',
    execution: { id: 'local-0123456789ab', startedAt: '2025-01-02T03:04:05.000Z' },
    request: {
      dataset: { uri: 'file:///data/cards.csv', ignore: [] },
      target: { column: 'outcome', minority: 'fraud' },
      missing: { markers: [''], treatment: 'auto' },
      learner: {
        type: 'decision-tree',
        maxDepth: 8,
        minSamplesLeaf: 1,
        minSamplesSplit: 2,
        ccpAlpha: 0,
        classWeight: 'none',
      },
      generator: {
        type: 'autoencoder',
        rows: 320,
        pairing: 'variational',
        loss: 'cross-entropy',
        noise: { distribution: 'normal', dimension: 16 },
        hidden: [64, 32, 64],
        epochs: 300,
        batchSize: 64,
        learningRate: 0.001,
      },
      discriminator: { balance: 'undersample', select: 'called-majority' },
      sampling: { ratio: 1 },
      split: { testFraction: 0.2, stratified: true, minorityFraction: 1 },
      strategy: 'algorithm-1',
      evaluation: {
        folds: 5,
        repeats: 1,
        strategies: ['none', 'under-sampling', 'algorithm-1'],
        ratios: [1, 2, 3],
        maximumRows: 50_000,
        metric: 'mcc',
        beta: 2,
        threshold: { rule: 'max-metric' },
      },
      domain: { method: 'nearest-neighbours', coverage: 0.95 },
      output: { uri: 'file:///data/out/cards', format: 'csv' },
      seed: 0,
    },
    seed: 0,
    input: { uri: 'file:///data/cards.csv', bytes: 12, sha256: 'a'.repeat(64) },
    columns: [],
    missingTreatment: 'complete-case',
    encodedAttributes: 40,
    counts: {
      read: { majority: 19_600, minority: 400 },
      usable: { majority: 19_600, minority: 400 },
      train: { majority: 15_680, minority: 320 },
      test: { majority: 3920, minority: 80 },
      generated: 320,
      newFeatureRows: 192,
      merged: { majority: 15_680, minority: 512 },
      rebalanced: { majority: 512, minority: 512 },
      published: { majority: 512, minority: 512 },
    },
    generator: { epochs: 300, reconstructionLoss: 0.0125 },
    strategy: 'algorithm-1@1',
    verdict: 'Rebalance: it finds 14 more of 80 "fraud" rows than under-sampling does.',
    metrics: {
      observed: scores(20, 10),
      undersampled: scores(60, 400),
      rebalanced: scores(74, 520, { recallAtUndersampledFpr: 0.754 }),
      published: scores(74, 520, { recallAtUndersampledFpr: 0.754 }),
    },
    outputs: ['train.csv', 'test.csv', 'report.html'].map((name) => ({
      name,
      uri: `file:///data/out/cards/${name}`,
      bytes: 10,
      sha256: 'b'.repeat(64),
    })),
    timings: {},
    versions: { counterpoise: '0.1.0', manifest: 1, node: '24.0.0' },
    ...more,
  };
}
