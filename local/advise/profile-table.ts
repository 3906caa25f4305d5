import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoFeaturesError, TooFewMinorityRowsError } from '../../contracts/errors.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { fitFeatureEncoder } from '../../core/table/feature-encoder.ts';
import { dropUnusedLevels, takeRows } from '../../core/table/table.ts';
import { classCounts } from '../../functions/class-counts.ts';
import { assignRoles, featureTable } from '../../functions/prepare-dataset/columns.ts';
import { planMissingValues } from '../../functions/prepare-dataset/missing-values.ts';
import { resolveTarget, type Target } from '../../functions/prepare-dataset/target.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { importTable } from '../../storage/tables/import-table.ts';
import type { ImportedTable } from '../../storage/tables/profile.ts';

/** What a run would make of a table before it splits it. */
export interface DatasetFacts {
  readonly target: { readonly column: string; readonly minority: string; readonly majority: string };
  readonly rows: number;
  /** rows that the run would use, by class */
  readonly usable: { readonly majority: number; readonly minority: number };
  /** columns that would be learned from */
  readonly features: number;
  /** features after encoding */
  readonly dimensions: number;
  readonly missingTreatment: 'complete-case' | 'impute';
}

/**
 * Reads a table as a run does, with the same columns, labels and rows, and writes nothing.
 *
 * @throws the errors of the store and of `importTable`; UnknownTargetError, UnsupportedTargetError, InvalidRequestError (a column
 * to ignore), NoFeaturesError, TooFewMinorityRowsError (a class without a usable row)
 */
export async function profileTable({ dataset, target, missing }: ResolvedRequest, store: DatasetStore) {
  const table = await readTable({ dataset, missing }, store);
  return describeTable(table, { dataset, target, missing });
}

type Asked = Pick<ResolvedRequest, 'dataset' | 'target' | 'missing'>;

/** The copy of the rows that importing makes goes to a temporary folder, and away. */
async function readTable({ dataset, missing }: Omit<Asked, 'target'>, store: DatasetStore): Promise<ImportedTable> {
  const { uri, columns } = dataset;
  const folder = await mkdtemp(join(tmpdir(), 'counterpoise-advise-'));
  try {
    return await store.withLocalFile(uri, (path) =>
      importTable(
        { path, name: uri, missingValues: missing.markers, ...(columns === undefined ? {} : { columns }) },
        join(folder, 'observed.parquet'),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describeTable(table: ImportedTable, { dataset, target: asked, missing }: Asked): DatasetFacts {
  const values = table.columns.map((column) => column.values);
  const target = resolveTarget(values, asked, dataset.uri);
  const roles = assignRoles(table.columns, target.index, dataset.ignore);
  const features = featureTable(table.columns, roles, dataset.uri);
  const { treatment, usable: rows } = planMissingValues(features, target.labels, missing.treatment);
  const usable = classCounts(target.labels, rows);
  requireBothClasses(target, usable, dataset.uri);
  const dimensions = fitFeatureEncoder(dropUnusedLevels(takeRows(features, rows))).width;
  if (dimensions === 0) {
    throw new NoFeaturesError(
      `${dataset.uri}: found no column that varies among the complete rows, needed at least one`,
    );
  }
  return {
    target: { column: target.column, minority: target.minority, majority: target.majority },
    rows: table.rows,
    usable,
    features: features.columns.length,
    dimensions,
    missingTreatment: treatment,
  };
}

function requireBothClasses(target: Target, usable: DatasetFacts['usable'], name: string): void {
  for (const label of ['minority', 'majority'] as const) {
    if (usable[label] > 0) continue;
    throw new TooFewMinorityRowsError(
      `${name}, column ${JSON.stringify(target.column)}: found no row of ${JSON.stringify(target[label])} without missing ` +
        'values, needed at least one; let missing values be filled in (--missing impute)',
    );
  }
}
