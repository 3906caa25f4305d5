import { describe, expect, it } from 'vitest';
import type { Report } from '../../../contracts/report.ts';
import { fileUri } from '../../../contracts/uri.ts';
import type { Workflow } from '../../../contracts/workflow.ts';
import { brierScore, logarithmicLoss } from '../../../core/evaluation/probability-scores.ts';
import { LEARNER_TYPES, type LearnerType } from '../../../core/learners/registry.ts';
import { scoringModelFromJSON } from '../../../core/model/model-json.ts';
import { scoreRows } from '../../../core/model/score-rows.ts';
import type { FeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { loadIndices, loadJson, loadRows } from '../../../functions/artifacts.ts';
import { step as evaluateResult } from '../../../functions/evaluate-result/step.ts';
import { encodeExamples, fitLearner, undersampleObserved } from '../../../functions/observed-rows.ts';
import type { AnyStep } from '../../../local/workers/step-runner.ts';
import { openStore } from '../../../storage/open-store.ts';
import { readManifest, readText, rebalance } from '../run.ts';
import { paymentsTable } from '../tables.ts';

const table = paymentsTable();
const store = openStore();

async function loadRun(out: string) {
  const at = (path: string) => fileUri(`${out}/runs/test/${path}`);
  const encoder = await loadJson<FeatureEncoder>(store, at('prepare-dataset/encoder.json'));
  return {
    train: encodeExamples(encoder, await loadRows(store, at('prepare-dataset/train.table'))),
    merged: encodeExamples(encoder, await loadRows(store, at('merge-rows/merged.table'))),
    kept: await loadIndices(store, at('undersample-majority/kept.arrays')),
    test: await loadRows(store, at('prepare-dataset/test.table')),
    testExamples: encodeExamples(encoder, await loadRows(store, at('prepare-dataset/test.table'))),
    model: scoringModelFromJSON(await loadJson(store, at('fit-model/model.json')), 'model.json'),
  };
}

async function readReport(out: string): Promise<Report> {
  return JSON.parse(await readText(out, 'report.json'));
}

describe('the published model', () => {
  const cases = LEARNER_TYPES.flatMap((type) =>
    (['none', 'under-sampling', 'algorithm-1'] as const).map((strategy): [LearnerType, typeof strategy] => [
      type,
      strategy,
    ]),
  );

  it.each(cases)(
    '%s by %s scores as the baseline that would be trained again does, to the bit',
    async (type, strategy) => {
      const learner = { type, classWeight: type === 'decision-tree' ? 'balanced' : 'none' } as const;
      const { out } = await rebalance(table, { learner, strategy, sampling: { ratio: 2 } });
      const { train, merged, kept, test, testExamples, model } = await loadRun(out);
      const { request } = (await readManifest(out)) as { request: Workflow['request'] };
      const fitted = {
        none: () => fitLearner(request, train, 'all', 'EvaluateResult'),
        'under-sampling': () =>
          fitLearner(request, train, undersampleObserved(train.labels, request), 'EvaluateResult'),
        'algorithm-1': () => fitLearner(request, merged, kept, 'EvaluateResult'),
      }[strategy]();
      const published = scoreRows(model, test.table);
      expect([...published.scores]).toEqual([...fitted.scores(testExamples.matrix)]);
      expect([...published.predictions]).toEqual([...fitted.predict(testExamples.matrix)]);
    },
  );

  it('is not trained again: what only another baseline needs is not even read', async () => {
    const read: string[] = [];
    const run: typeof evaluateResult.run = (payload, { store: plain, ...context }) => {
      const note = (uri: string) => {
        read.push(uri.split('/').at(-1)!);
        return plain.read(uri);
      };
      const noted = Object.create(plain, { read: { value: note } });
      return evaluateResult.run(payload, { ...context, store: noted });
    };
    const steps = { EvaluateResult: { ...evaluateResult, run } as unknown as AnyStep };
    await rebalance(table, { strategy: 'algorithm-1' }, { steps });
    expect(read.sort()).toEqual(['encoder.json', 'model.json', 'published.table', 'test.table', 'train.table']);
    read.length = 0;
    await rebalance(table, { strategy: 'none' }, { steps });
    expect(read.sort()).toEqual([
      'encoder.json',
      'kept.arrays',
      'merged.table',
      'model.json',
      'published.table',
      'test.table',
      'train.table',
    ]);
  });

  it('has the Brier score and the log loss of what it was trained as, whatever it is calibrated with', async () => {
    const evaluation = { strategies: ['threshold' as const], folds: 2 };
    const { out } = await rebalance(table, { strategy: 'threshold', learner: { type: 'svm' }, evaluation });
    const { test: onTest, calibration } = await readReport(out);
    const [observed, published] = ['observed', 'published'].map((id) => onTest.results.find((each) => each.id === id)!);
    expect(published.metrics.brier.estimate).toBe(observed.metrics.brier.estimate);
    expect(published.metrics['log-loss'].estimate).toBe(observed.metrics['log-loss'].estimate);

    const { model, test } = await loadRun(out);
    const { probabilities } = scoreRows(model, test.table);
    const asPublished = calibration!.test[calibration!.used];
    expect(calibration!.used).not.toBe('none');
    expect(asPublished.brier).toBe(brierScore(test.labels, probabilities));
    expect(asPublished.logLoss).toBe(logarithmicLoss(test.labels, probabilities));
    expect(asPublished.brier).not.toBe(published.metrics.brier.estimate);
  });
});
