import { ARTIFACTS } from '../contracts/layout.ts';
import { STATES } from '../contracts/states.ts';
import { dealStratified } from '../core/protocol/stratified-folds.ts';
import { createRng } from '../core/random/rng.ts';
import { fitFeatureEncoder } from '../core/table/feature-encoder.ts';
import { takeRows } from '../core/table/table.ts';
import { artifactUri, loadRows, saveJson, saveRows } from '../functions/artifacts.ts';
import { classCounts } from '../functions/class-counts.ts';
import type { Rows } from '../storage/codecs/rows.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { branch, type PreparedRun } from './protocol.ts';

/**
 * Cuts a seed's training rows into parts and makes of each a run of its own, in which the other parts are the training rows
 * and this one takes the place of the test rows. Only the training rows are read: whatever is chosen on folds has seen
 * neither the test rows nor the minority rows that the protocol throws away.
 */
export async function prepareFolds(run: PreparedRun, folds: number, store: DatasetStore): Promise<PreparedRun[]> {
  const observed = await loadRows(store, run.prepared.train);
  const fold = dealStratified(observed.labels, folds, createRng(run.request.seed, 'paper/folds'));
  return Promise.all(
    Array.from({ length: folds }, (_, f) => {
      const part = (inside: boolean) => takeRowsWhere(observed, (row) => (fold[row] === f) === inside);
      return saveFold(branch(run, `fold-${f}`), part(false), part(true), store);
    }),
  );
}

async function saveFold(run: PreparedRun, train: Rows, validation: Rows, store: DatasetStore): Promise<PreparedRun> {
  const at = (file: string) => artifactUri(run, STATES.prepareDataset, file);
  return {
    ...run,
    prepared: {
      ...run.prepared,
      train: await saveRows(store, at(ARTIFACTS.train), train),
      test: await saveRows(store, at(ARTIFACTS.test), validation),
      leftOut: await saveRows(
        store,
        at(ARTIFACTS.leftOut),
        takeRowsWhere(train, () => false),
      ),
      encoder: await saveJson(store, at(ARTIFACTS.encoder), fitFeatureEncoder(train.table)),
      counts: { ...run.prepared.counts, train: classCounts(train.labels), test: classCounts(validation.labels) },
    },
  };
}

function takeRowsWhere({ table, labels, origins }: Rows, wanted: (row: number) => boolean): Rows {
  const rows = Int32Array.from(labels.keys()).filter(wanted);
  return {
    table: takeRows(table, rows),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    origins: rows.map((row) => origins[row]),
  };
}
