import { fittedDomainFromJSON } from '../domain/domain.ts';
import { CALIBRATIONS } from '../evaluation/calibration/calibrations.ts';
import { calibratorFromJSON } from '../evaluation/calibration/calibrator-from-json.ts';
import { fittedLearnerFromJSON } from '../learners/registry.ts';
import type { FeatureEncoder } from '../table/feature-encoder.ts';
import { InvalidModelError } from './errors.ts';
import * as shape from './json-shape.ts';
import type { ModelColumn } from './model-column.ts';
import { createScoringModel, type RuleThreshold, type ScoringModel, tryPart } from './scoring-model.ts';

/** The first words of a published model, and the version of its shape. */
const MODEL_FORMAT = 'counterpoise-model';
const MODEL_VERSION = 1;

const { at, text } = shape;

/** Plain JSON, which `scoringModelFromJSON` restores without loss. The same model gives the same JSON. */
export function scoringModelToJSON(model: ScoringModel): unknown {
  return {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    counterpoise: model.counterpoise,
    execution: model.execution,
    strategy: model.strategy,
    target: model.target,
    threshold: model.threshold,
    thresholds: model.thresholds,
    calibration: model.calibration,
    missingMarkers: model.missingMarkers,
    columns: model.columns,
    encoder: model.encoder,
    learner: model.learner.toJSON(),
    calibrator: model.calibrator.toJSON(),
    domain: model.domain.toJSON(),
  };
}

/**
 * Restores a published model.
 *
 * @param name what messages call it, for example its URI
 * @throws InvalidModelError where it is another kind of file, of a version from the future, or damaged
 */
export function scoringModelFromJSON(json: unknown, name = 'model'): ScoringModel {
  requireFormat(json, name);
  const model = { value: json, place: name };
  const target = at(model, 'target');
  return createScoringModel(
    {
      counterpoise: text(at(model, 'counterpoise')),
      execution: text(at(model, 'execution')),
      strategy: text(at(model, 'strategy')),
      target: {
        column: text(at(target, 'column')),
        minority: text(at(target, 'minority')),
        majority: text(at(target, 'majority')),
      },
      threshold: shape.finiteOrNull(at(model, 'threshold')),
      thresholds: shape.items(at(model, 'thresholds')).map(ruleThreshold),
      calibration: shape.oneOf(at(model, 'calibration'), CALIBRATIONS),
      missingMarkers: shape.texts(at(model, 'missingMarkers')),
      columns: shape.items(at(model, 'columns')).map(modelColumn),
      encoder: encoder(at(model, 'encoder')),
      learner: tryPart(name, 'learner', () => fittedLearnerFromJSON(at(model, 'learner').value)),
      calibrator: tryPart(name, 'calibrator', () => calibratorFromJSON(at(model, 'calibrator').value)),
      domain: tryPart(name, 'domain', () => fittedDomainFromJSON(at(model, 'domain').value)),
    },
    name,
  );
}

/** As `scoringModelFromJSON`, from the text of a model.json. @throws InvalidModelError */
export function parseScoringModel(text: string, name = 'model'): ScoringModel {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = (error as Error).message;
    throw new InvalidModelError(`${name}: found what is no JSON (${reason}), needed a model of Counterpoise`, {
      cause: error,
    });
  }
  return scoringModelFromJSON(json, name);
}

function requireFormat(json: unknown, name: string): void {
  const { format, version } = (json ?? {}) as Record<string, unknown>;
  if (format !== MODEL_FORMAT) {
    const found = format === undefined ? 'no format' : `the format ${JSON.stringify(format)}`;
    throw new InvalidModelError(`${name}: found ${found}, needed "${MODEL_FORMAT}": this is no model of Counterpoise`);
  }
  if (typeof version === 'number' && version > MODEL_VERSION) {
    throw new InvalidModelError(
      `${name}: found version ${version} of the model format, needed ${MODEL_VERSION} at most: a newer release wrote it; ` +
        'update Counterpoise to read it',
    );
  }
  if (version !== MODEL_VERSION) {
    throw new InvalidModelError(
      `${name}: found version ${JSON.stringify(version)} of the model format, needed ${MODEL_VERSION}; the model is damaged`,
    );
  }
}

function ruleThreshold(json: shape.JsonPlace): RuleThreshold {
  return {
    rule: text(at(json, 'rule')),
    label: text(at(json, 'label')),
    threshold: shape.finiteOrNull(at(json, 'threshold')),
  };
}

function modelColumn(json: shape.JsonPlace): ModelColumn {
  const name = text(at(json, 'name'));
  const kind = shape.oneOf(at(json, 'kind'), ['numeric', 'categorical']);
  if (kind === 'categorical') {
    return {
      kind,
      name,
      levels: shape.texts(at(json, 'levels')),
      type: shape.oneOf(at(json, 'type'), ['boolean', 'text']),
    };
  }
  const format = at(json, 'format');
  return {
    kind,
    name,
    integer: shape.flag(at(json, 'integer')),
    type: shape.oneOf(at(json, 'type'), ['integer', 'number', 'date', 'timestamp']),
    ...(format.value === undefined ? {} : { format: text(format) }),
  };
}

function encoder(json: shape.JsonPlace): FeatureEncoder {
  const features = shape.items(at(json, 'features')).map((feature): FeatureEncoder['features'][number] => {
    const name = text(at(feature, 'name'));
    const kind = shape.oneOf(at(feature, 'kind'), ['numeric', 'categorical']);
    if (kind === 'categorical') {
      return { kind, name, levels: shape.texts(at(feature, 'levels')), mode: shape.count(at(feature, 'mode')) };
    }
    return {
      kind,
      name,
      mean: shape.finite(at(feature, 'mean')),
      deviation: shape.finite(at(feature, 'deviation')),
      median: shape.finite(at(feature, 'median')),
    };
  });
  return { features, width: shape.count(at(json, 'width')) };
}
