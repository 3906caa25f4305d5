import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import type { Untimed, Workflow } from '../../contracts/workflow.ts';
import { fitDomain } from '../../core/domain/domain.ts';
import { describeModelColumns } from '../../core/model/model-column.ts';
import { scoringModelToJSON } from '../../core/model/model-json.ts';
import { createScoringModel } from '../../core/model/scoring-model.ts';
import { createRng } from '../../core/random/rng.ts';
import { decideModel } from '../../core/strategies/model-decisions.ts';
import { type Strategy, strategyId } from '../../core/strategies/strategy.ts';
import { trainedMinorityShare } from '../../core/strategies/weights.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { isSynthetic } from '../../storage/codecs/rows.ts';
import { artifactUri, loadJson, loadRows, saveJson, saveRows } from '../artifacts.ts';
import { saveCalibrators } from '../calibrators.ts';
import { classCounts } from '../class-counts.ts';
import type { DatasetProfile } from '../prepare-dataset/columns.ts';
import type { Step } from '../step.ts';
import { askedStrategy, comparedStrategies, evaluationSettings } from '../strategies.ts';
import { versions } from '../versions.ts';
import { compare } from './compare.ts';
import { loadFolds } from './load-folds.ts';
import { type Payload, payload } from './payload.ts';
import { trainPublished } from './train-published.ts';

/** Where nothing could be compared, nothing was shown to be better than training on the rows as they are. */
const UNPROVEN: Strategy = { type: 'none', ratio: null };

/**
 * Puts the strategies side by side, takes the one to publish, trains it on all training rows, and decides by the held-out
 * scores of the folds how its scores become probabilities and calls.
 */
export const step: Step<Payload, Untimed<Workflow['model']>> = {
  state: STATES.fitModel,
  payload,
  async run(run, { store }) {
    const { request, prepared } = run;
    const at = (file: string) => artifactUri(run, STATES.fitModel, file);
    const settings = evaluationSettings(request);
    const folds = await loadFolds(run, store);
    const comparison = await compare(run, folds, store);
    const best = comparedStrategies(request, prepared.counts.train).find(
      (each) => strategyId(each) === comparison?.best,
    );
    const strategy = askedStrategy(request) ?? best ?? UNPROVEN;
    const id = strategyId(strategy);

    const observed = await loadRows(store, prepared.train);
    const generated = await loadRows(store, run.generated.rows);
    const { learner, rows, weights } = trainPublished(strategy, observed, generated.table, request);
    const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
    const { majority, minority } = prepared.counts.train;
    const rates = {
      trained: trainedMinorityShare(request.learner, rows.labels, weights),
      observed: minority / (majority + minority),
    };
    const decisions = decideModel(strategy, rates, folds.get(id)?.[0] ?? [], settings);
    const domain = fitDomain(request.domain, observed.table, encoder, createRng(request.seed, 'domain'));
    const model = createScoringModel({
      calibrator: decisions.calibrators[decisions.calibration],
      calibration: decisions.calibration,
      threshold: decisions.threshold,
      thresholds: decisions.thresholds,
      target: prepared.target,
      columns: describeModelColumns(observed.table, await loadJson<DatasetProfile>(store, prepared.profile)),
      missingMarkers: request.missing.markers,
      encoder,
      learner,
      domain,
      strategy: id,
      execution: run.execution.id,
      counterpoise: versions().counterpoise,
    });
    return {
      ...(comparison
        ? { comparison: await saveJson(store, at(ARTIFACTS.comparison), { ...comparison, published: id }) }
        : {}),
      strategy: id,
      rows: await saveRows(store, at(ARTIFACTS.publishedRows), rows),
      counts: classCounts(rows.labels),
      synthetic: rows.origins.filter(isSynthetic).length,
      scoring: await saveJson(store, at(ARTIFACTS.model), scoringModelToJSON(model)),
      ...(comparison
        ? { calibrators: await saveCalibrators(store, at(ARTIFACTS.calibrators), decisions.calibrators) }
        : {}),
      domain: await saveJson(store, at(ARTIFACTS.domain), domain.toJSON()),
    };
  },
};
