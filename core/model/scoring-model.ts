import type { FittedDomain } from '../domain/domain.ts';
import type { Calibration } from '../evaluation/calibration/calibrations.ts';
import type { Calibrator } from '../evaluation/calibration/calibrator.ts';
import type { FittedLearner } from '../learners/learner.ts';
import type { FeatureEncoder } from '../table/feature-encoder.ts';
import { createMatrix } from '../table/matrix.ts';
import type { Table } from '../table/table.ts';
import { InvalidModelError } from './errors.ts';
import type { ModelColumn } from './model-column.ts';

/** A threshold on the scale of the learner's scores, and the rule that it was chosen by on validation folds. */
export interface RuleThreshold {
  readonly rule: string;
  /** the rule in words */
  readonly label: string;
  /** null where no threshold fulfils the rule */
  readonly threshold: number | null;
}

/** All that it takes to score new rows as a run would have. Immutable. */
export interface ScoringModel {
  /** the label column, and its two labels as they are written */
  readonly target: { readonly column: string; readonly minority: string; readonly majority: string };
  /** what it learned from, in the order of the encoder's features */
  readonly columns: readonly ModelColumn[];
  /** texts of a CSV file that stand for a missing value */
  readonly missingMarkers: readonly string[];
  readonly encoder: FeatureEncoder;
  readonly learner: FittedLearner;
  readonly calibrator: Calibrator;
  readonly calibration: Calibration;
  /** a row is called minority where its score is at least this; null: as the learner itself decides */
  readonly threshold: number | null;
  readonly thresholds: readonly RuleThreshold[];
  /** of the observed training rows, before anything was resampled */
  readonly domain: FittedDomain;
  /** id of the strategy that the learner was trained by, such as `algorithm-1@1` */
  readonly strategy: string;
  /** id of the run */
  readonly execution: string;
  /** version of the package that made it */
  readonly counterpoise: string;
}

/**
 * A model of parts that fit each other.
 *
 * @param name what messages call the model
 * @throws InvalidModelError where they do not: columns that are not the encoder's, a learner of another width, …
 */
export function createScoringModel(parts: ScoringModel, name = 'model'): ScoringModel {
  requireTarget(parts.target, name);
  requireColumnsOfEncoder(parts, name);
  requireThreshold(parts.threshold, `${name}, threshold`);
  for (const { rule, threshold } of parts.thresholds) requireThreshold(threshold, `${name}, threshold of ${rule}`);
  // Nothing is asked, but everything says whether it could be.
  tryPart(name, 'learner', () => parts.learner.scores(createMatrix(0, parts.encoder.width)));
  tryPart(name, 'calibrator', () => parts.calibrator.probabilities(new Float64Array(0)));
  tryPart(name, 'domain', () => parts.domain.score(emptyTable(parts.columns)));
  return parts;
}

/** Runs what a damaged part would fail in. @throws InvalidModelError that names the part, with the reason */
export function tryPart<T>(name: string, part: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidModelError(`${name}, ${part}: found a part that cannot be used (${reason}); publish it again`, {
      cause: error,
    });
  }
}

function requireTarget({ column, minority, majority }: ScoringModel['target'], name: string): void {
  if (minority === majority) {
    throw new InvalidModelError(
      `${name}, target ${JSON.stringify(column)}: found the label ${JSON.stringify(minority)} for both classes, needed two`,
    );
  }
}

function requireColumnsOfEncoder({ columns, encoder }: ScoringModel, name: string): void {
  const described = (part: { kind: string; name: string; levels?: readonly string[] }) =>
    JSON.stringify([part.kind, part.name, part.levels ?? []]);
  // One feature per number, one per level but the first: as `encodeFeatures` lays them out.
  const width = columns.reduce(
    (sum, column) => sum + (column.kind === 'numeric' ? 1 : Math.max(0, column.levels.length - 1)),
    0,
  );
  const modes = encoder.features.every((each) => each.kind === 'numeric' || each.mode < each.levels.length);
  const differs =
    width !== encoder.width ||
    !modes ||
    columns.length !== encoder.features.length ||
    columns.some((column, c) => described(column) !== described(encoder.features[c]));
  if (differs) {
    throw new InvalidModelError(
      `${name}: found the columns ${columns.map((column) => column.name).join(', ')} and an encoder of ` +
        `${encoder.features.map((feature) => feature.name).join(', ')}, needed the same columns, kinds and levels`,
    );
  }
}

function requireThreshold(threshold: number | null, what: string): void {
  if (threshold !== null && !Number.isFinite(threshold)) {
    throw new InvalidModelError(`${what}: found ${threshold}, needed a finite number, or null`);
  }
}

function emptyTable(columns: readonly ModelColumn[]): Table {
  return {
    rows: 0,
    columns: columns.map((column) =>
      column.kind === 'numeric'
        ? { kind: column.kind, name: column.name, integer: column.integer, values: new Float64Array(0) }
        : { kind: column.kind, name: column.name, levels: column.levels, codes: new Int32Array(0) },
    ),
  };
}
