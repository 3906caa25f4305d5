import { ARTIFACTS, TRAIN_FLAGS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { createRng } from '../../core/random/rng.ts';
import { fitFeatureEncoder } from '../../core/table/feature-encoder.ts';
import { rowsOfClass } from '../../core/table/split.ts';
import { dropUnusedLevels, takeRows } from '../../core/table/table.ts';
import type { Rows } from '../../storage/codecs/rows.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { fingerprint } from '../../storage/fingerprint.ts';
import { outputNames } from '../../storage/tables/check-export.ts';
import { importTable } from '../../storage/tables/import-table.ts';
import type { ImportedTable } from '../../storage/tables/profile.ts';
import { AS_ARTIFACT, artifactUri, type Run, saveJson, saveRows } from '../artifacts.ts';
import { classCounts } from '../class-counts.ts';
import { saveOrder, takeOrder } from '../row-order.ts';

import type { Step } from '../step.ts';
import { assignRoles, carriedTable, describeColumns, featureTable } from './columns.ts';
import { planMissingValues } from './missing-values.ts';
import { findOrderColumns, readRowOrder } from './order-columns.ts';
import { requireEnoughRows } from './row-requirements.ts';
import { splitRows } from './split-rows.ts';
import { resolveTarget } from './target.ts';

const payload = workflowSchema.pick({ execution: true, request: true });

/**
 * Reads the user's table, understands its columns, and splits it into training and test rows before any statistic is
 * taken. What the later steps see of the table is made here, and how is written down in the profile.
 */
export const step: Step<Run, Untimed<Workflow['prepared']>> = {
  state: STATES.prepareDataset,
  payload,
  async run(run, { store }) {
    const { dataset, target: asked, missing, split: fractions, output, seed } = run.request;
    const { input, table } = await importDataset(run, store);
    const profiles = table.columns.map(({ profile }) => profile);
    // Refused now, not after minutes of training: publishing would not find names for its columns.
    outputNames(profiles, TRAIN_FLAGS, output.format);

    const target = resolveTarget(
      table.columns.map(({ values }) => values),
      asked,
      dataset.uri,
    );
    const orderColumns = findOrderColumns(table, fractions, target.index);
    const roles = assignRoles(table.columns, target.index, dataset.ignore, orderColumns);
    const features = featureTable(table.columns, roles, dataset.uri);
    const carried = carriedTable(table, roles);
    const { treatment, usable } = planMissingValues(features, target.labels, missing.treatment);

    const declared = dropUnusedLevels(takeRows(features, usable));
    const labels = Uint8Array.from(usable, (row) => target.labels[row]);
    const order = takeOrder(readRowOrder(table, orderColumns), usable);
    const split = splitRows(labels, order, fractions, createRng(seed, STATES.prepareDataset));
    const rowsAt = (indices: Int32Array): Rows => ({
      table: takeRows(declared, indices),
      labels: Uint8Array.from(indices, (row) => labels[row]),
      origins: indices.map((row) => usable[row]),
    });
    const train = rowsAt(split.train);
    const test = rowsAt(split.test);
    const counts = {
      read: classCounts(target.labels),
      usable: classCounts(labels),
      train: classCounts(train.labels),
      test: classCounts(test.labels),
    };
    requireEnoughRows(target, counts, fractions, dataset.uri);
    const encoder = fitFeatureEncoder(train.table);
    const donors = rowsOfClass(train.labels, 1).map((row) => train.origins[row]);

    const at = (file: string) => artifactUri(run, STATES.prepareDataset, file);
    return {
      input,
      target: { column: target.column, minority: target.minority, majority: target.majority },
      observed: at(ARTIFACTS.observed),
      profile: await saveJson(store, at(ARTIFACTS.profile), describeColumns(table.columns, roles)),
      train: await saveRows(store, at(ARTIFACTS.train), train),
      test: await saveRows(store, at(ARTIFACTS.test), test),
      leftOut: await saveRows(store, at(ARTIFACTS.leftOut), rowsAt(split.leftOut)),
      donors: await saveRows(store, at(ARTIFACTS.donors), {
        table: takeRows(carried, donors),
        labels: new Uint8Array(donors.length).fill(1),
        origins: donors,
      }),
      ...(await saveOrder(store, at(ARTIFACTS.order), {
        train: takeOrder(order, split.train),
        test: takeOrder(order, split.test),
      })),
      encoder: await saveJson(store, at(ARTIFACTS.encoder), encoder),
      encodedAttributes: encoder.width,
      encodedBytes: labels.length * encoder.width * Float32Array.BYTES_PER_ELEMENT,
      missingTreatment: treatment,
      counts,
    };
  },
};

async function importDataset(
  run: Run,
  store: DatasetStore,
): Promise<{ input: Workflow['prepared']['input']; table: ImportedTable }> {
  const { uri, versionId, columns } = run.request.dataset;
  const version = versionId === undefined ? {} : { versionId };
  const names = columns === undefined ? {} : { columns };
  const missingValues = run.request.missing.markers;
  return store.withLocalFile(
    uri,
    async (path) => {
      const input = { ...(await fingerprint(path)), ...version };
      const observed = artifactUri(run, STATES.prepareDataset, ARTIFACTS.observed);
      const { result: table } = await store.publishLocalFile(
        observed,
        (observedPath) => importTable({ path, name: uri, ...names, missingValues }, observedPath),
        AS_ARTIFACT,
      );
      return { input, table };
    },
    version,
  );
}
