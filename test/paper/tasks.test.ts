import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '../../contracts/workflow.ts';
import { loadRows, saveRows } from '../../functions/artifacts.ts';
import { step as evaluateResult } from '../../functions/evaluate-result/step.ts';
import { step as fitModel } from '../../functions/fit-model/step.ts';
import { invokeStep } from '../../functions/step.ts';
import { GENERATOR_NAMES, MIXED_GENERATOR_NAMES } from '../../paper/contenders.ts';
import { prepareFolds } from '../../paper/folds.ts';
import { asking, askingGenerator, type TrainedRun } from '../../paper/material.ts';
import { branch, type PreparedRun, TENTHS } from '../../paper/protocol.ts';
import { Steps } from '../../paper/steps.ts';
import { mix } from '../../paper/tasks/mix.ts';
import { resample } from '../../paper/tasks/resample.ts';
import { reweight } from '../../paper/tasks/reweight.ts';
import { validate } from '../../paper/tasks/validate.ts';
import { preparePayments, store } from './payments-study.ts';

const LEARNER = { type: 'logistic-regression' } as const;
const steps = new Steps(store);

async function train(run: PreparedRun): Promise<TrainedRun> {
  const trained = await Promise.all(
    GENERATOR_NAMES.map(async (name) => [name, await steps.trainGenerator(branch(askingGenerator(run, name), name))]),
  );
  return { run, generators: Object.fromEntries(trained) };
}

/** The workflow's own judgement of the same request, from the same prepared rows. */
async function evaluate({ run, generators }: TrainedRun): Promise<Workflow['evaluation']> {
  const [name] = GENERATOR_NAMES;
  const asked = branch(askingGenerator(asking(run, { learner: LEARNER }), name), 'evaluate');
  const generated = await steps.generateRows({ ...asked, generator: generators[name] });
  const discriminator = await steps.trainDiscriminator(asked);
  const rebalanced = await steps.rebalance({ ...asked, generated, discriminator });
  const uncompared = { ...rebalanced, planned: { items: [], durationMs: 0 } };
  const model = await invokeStep(fitModel, uncompared, { store }, () => 0);
  return invokeStep(evaluateResult, { ...rebalanced, model }, { store }, () => 0);
}

/** The run with every label of its test rows turned round: who looks at them gets another answer. */
async function withTurnedTestLabels(run: PreparedRun): Promise<PreparedRun> {
  const test = await loadRows(store, run.prepared.test);
  const turned = await saveRows(store, `${run.prepared.test}.turned`, {
    ...test,
    labels: test.labels.map((label) => 1 - label),
  });
  return { ...run, prepared: { ...run.prepared, test: turned } };
}

describe('the tasks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-tasks-'));
  let whole: TrainedRun;
  let folds: TrainedRun[];

  beforeAll(async () => {
    const run = await preparePayments(1200, 0, folder);
    whole = await train(run);
    folds = await Promise.all((await prepareFolds(run, 3, store)).map(train));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('resample as the workflow does, and judge as EvaluateResult does', async () => {
    const { undersampled, proposed } = await resample(whole, LEARNER, store);
    const evaluation = await evaluate(whole);
    expect(undersampled).toEqual(evaluation.undersampled);
    expect(proposed[GENERATOR_NAMES[0]].scores).toEqual(evaluation.rebalanced);
  });

  it('give the oracle as many rows as the minority has, and all that were thrown away', async () => {
    const { oracle, fullOracle } = await resample(whole, LEARNER, store);
    expect(oracle.generated).toBe(whole.run.prepared.counts.train.minority);
    expect(fullOracle.generated).toBe((await loadRows(store, whole.run.prepared.leftOut)).table.rows);
    expect(fullOracle.newFeatureRows).toBeLessThan(fullOracle.generated);
  });

  it('mix in every generated row, and none at the start of each curve', async () => {
    const points = await mix(whole, LEARNER, store);
    const { minority } = whole.run.prepared.counts.train;
    for (const generator of [...MIXED_GENERATOR_NAMES, 'oracle']) {
      const curve = points.filter((point) => point.generator === generator);
      expect(curve.map(({ tenths }) => tenths)).toEqual(TENTHS);
      expect(curve.map(({ rowsAdded }) => rowsAdded)).toEqual(TENTHS.map((t) => Math.round((minority * t) / 10)));
      expect(curve[0].scores).toEqual(points[0].scores);
      expect(curve[0].scores.recallAtUndersampledFpr).toBe(curve[0].scores.recall);
    }
    const falseAndTrue = points.map(({ scores }) => `${scores.truePositives}/${scores.falsePositives}`);
    expect(new Set(falseAndTrue).size).toBeGreaterThan(1);
  });

  it('choose settings and thresholds without a look at the labels of the test rows', async () => {
    const { choice, rows } = await validate(folds, LEARNER.type, store);
    expect(rows.map(({ undersampled }) => undersampled.length)).toEqual([folds.length]);
    const foldRuns = folds.map(({ run }) => run);
    const turned = await withTurnedTestLabels(whole.run);
    const [honest, other] = await Promise.all(
      [whole.run, turned].map((run) => reweight(run, foldRuns, LEARNER, choice.recall, store)),
    );
    expect(other.threshold).toBe(honest.threshold);
    expect(other.thresholdMoved.truePositives).toBe(honest.thresholdMoved.falsePositives);

    const again = await Promise.all((await prepareFolds(turned, 3, store)).map(train));
    expect((await validate(again, LEARNER.type, store)).choice).toEqual(choice);
  });

  it('weigh the classes, move the threshold, and do neither', async () => {
    const evaluation = await evaluate(whole);
    const foldRuns = folds.map(({ run }) => run);
    const { observed, classWeights, thresholdMoved } = await reweight(whole.run, foldRuns, LEARNER, 0.9, store);
    expect(observed).toEqual(evaluation.observed);
    expect(thresholdMoved.recall).toBeGreaterThan(observed.recall ?? 1);
    expect(thresholdMoved.prAuc).toBe(observed.prAuc);
    expect(classWeights.recall).toBeGreaterThan(observed.recall ?? 1);
  });
});
