/**
 * Published models in programs of one's own: `import { loadModel, scoreRows } from 'counterpoise/model'`. Needs neither
 * DuckDB nor the AWS SDK.
 */

export type { Calibration } from '../core/evaluation/calibration/calibrations.ts';
export type { UnseenLevels } from '../core/model/align-table.ts';
export { ABSTAINED, decide, decidedLabel, OUTSIDE_POLICIES, type OutsidePolicy } from '../core/model/decisions.ts';
export { InvalidModelError, InvalidRowsError, MissingColumnsError } from '../core/model/errors.ts';
export type { CategoricalModelColumn, ModelColumn, NumericModelColumn } from '../core/model/model-column.ts';
export { type ScoredRows, type ScoringOptions, scoreRows } from '../core/model/score-rows.ts';
export type { RuleThreshold, ScoringModel } from '../core/model/scoring-model.ts';
export type { CategoricalColumn, Column, NumericColumn, Table } from '../core/table/table.ts';
export { loadModel } from './load-model.ts';
export { type FieldValue, type RowRecord, tableFromRecords } from './table-from-records.ts';
