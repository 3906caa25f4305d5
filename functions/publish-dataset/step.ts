import { PUBLISHED, SYNTHETIC_FLAG } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { fileName, joinUri } from '../../contracts/uri.ts';
import { type OutputFile, type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { createRng } from '../../core/random/rng.ts';
import { type Table, takeRows } from '../../core/table/table.ts';
import { isSynthetic } from '../../storage/codecs/rows.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { fingerprint } from '../../storage/fingerprint.ts';
import { exportTable } from '../../storage/tables/export-table.ts';
import { loadIndices, loadJson, loadRows, saveJson } from '../artifacts.ts';
import type { DatasetProfile } from '../prepare-dataset/columns.ts';
import type { Step } from '../step.ts';
import { withdrawEarlier } from './earlier-outputs.ts';
import { describeRun } from './manifest.ts';
import { completeSyntheticRows } from './synthetic-rows.ts';

const payload = workflowSchema.omit({ published: true });
type Payload = Omit<Workflow, 'published'>;

/** The rows of one output: observed ones by their numbers, and, in the training set, synthetic ones. */
interface OutputRows {
  readonly observedRows: Int32Array;
  readonly syntheticRows?: Table;
  readonly flag?: typeof SYNTHETIC_FLAG;
}

/**
 * Writes the balanced training set and the untouched test rows in the user's own columns. Both are made in full before
 * either appears, and the manifest comes last: where it is, everything that it names is whole.
 */
export const step: Step<Payload, Untimed<Workflow['published']>> = {
  state: STATES.publishDataset,
  payload,
  async run(run, { store }) {
    const { uri, format } = run.request.output;
    const profile = await loadJson<DatasetProfile>(store, run.prepared.profile);
    const manifest = joinUri(uri, PUBLISHED.manifest);
    const train = {
      uri: joinUri(uri, `${PUBLISHED.train}.${format}`),
      rows: await rebalancedRows(run, profile, store),
    };
    const test = { uri: joinUri(uri, `${PUBLISHED.test}.${format}`), rows: await testRows(run, store) };

    const outputs = await store.withLocalFile(run.prepared.observed, (observedPath) => {
      const write = (path: string, rows: OutputRows) =>
        exportTable({ observedPath, columns: profile, format, path, ...rows });
      return store.publishLocalFile(train.uri, async (trainPath) => {
        await write(trainPath, train.rows);
        return store.publishLocalFile(test.uri, async (testPath) => {
          await write(testPath, test.rows);
          await withdrawEarlier(store, manifest, [train.uri, test.uri]);
          return [await describeOutput(train.uri, trainPath), await describeOutput(test.uri, testPath)];
        });
      });
    });
    await saveJson(store, manifest, describeRun(run, profile, outputs));
    return { manifest, outputs };
  },
};

async function rebalancedRows(run: Payload, profile: DatasetProfile, store: DatasetStore): Promise<OutputRows> {
  const merged = await loadRows(store, run.merged.rows);
  const donors = await loadRows(store, run.prepared.donors);
  const kept = await loadIndices(store, run.undersampled.kept);
  const synthetic = takeRows(
    merged.table,
    kept.filter((row) => isSynthetic(merged.origins[row])),
  );
  const rng = createRng(run.request.seed, STATES.publishDataset);
  return {
    observedRows: kept.map((row) => merged.origins[row]).filter((origin) => !isSynthetic(origin)),
    syntheticRows: completeSyntheticRows(profile, run.prepared.target, synthetic, donors.table, rng),
    flag: SYNTHETIC_FLAG,
  };
}

async function testRows(run: Payload, store: DatasetStore): Promise<OutputRows> {
  return { observedRows: (await loadRows(store, run.prepared.test)).origins };
}

async function describeOutput(uri: string, path: string): Promise<OutputFile> {
  return { name: fileName(uri), uri, ...(await fingerprint(path)) };
}
