import { DOMAIN_FLAG, PUBLISHED, SYNTHETIC_FLAG } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { classWeightsFile, type LabelType } from '../../core/model/class-weights-file.ts';
import { exportColumns } from '../../storage/tables/export-columns.ts';
import { exportTable } from '../../storage/tables/export-table.ts';
import { jsonBytes, loadJson, loadRows } from '../artifacts.ts';
import type { DatasetProfile } from '../prepare-dataset/columns.ts';
import type { Step } from '../step.ts';
import { manifestUri, withdrawEarlier } from './earlier-outputs.ts';
import { describeRun } from './manifest.ts';
import { traceSyntheticRows } from './provenance.ts';
import { bytesOf, jsonOf, type Output, publishTogether } from './publish-together.ts';
import { publishedRows } from './published-rows.ts';

const payload = workflowSchema.omit({ published: true });
export type Payload = Omit<Workflow, 'published'>;

/**
 * Writes the training set and the untouched test rows in the user's own columns, and beside them the model, its domain, class
 * weights, where synthetic rows come from, and the report. All are made in full before any appears, and the manifest comes
 * last: where it is, everything that it names is whole.
 *
 * @throws OutputTakenError, SupersededError where what is there already is not to be replaced
 */
export const step: Step<Payload, Untimed<Workflow['published']>> = {
  state: STATES.publishDataset,
  payload,
  async run(run, { store }) {
    const { request, prepared, model, report } = run;
    const { uri, format } = request.output;
    const profile = await loadJson<DatasetProfile>(store, prepared.profile);
    const { columns: provenance, inDomain } = await traceSyntheticRows(run, store);
    const { observedRows, syntheticRows } = await publishedRows(run, profile, store);
    const test = await loadRows(store, prepared.test);
    const { target, counts } = prepared;
    const weights = classWeightsFile(target, counts.train, request.sampling.ratio, labelType(profile, target.column));
    const manifest = manifestUri(uri);

    const outputs = await store.withLocalFile(prepared.observed, (observedPath) => {
      const table = { observedPath, columns: profile, format };
      const flags = [
        { name: SYNTHETIC_FLAG, observed: false, synthetic: new Uint8Array(inDomain.length).fill(1) },
        { name: DOMAIN_FLAG, observed: true, synthetic: inDomain },
      ];
      const files: Output[] = [
        {
          name: `${PUBLISHED.train}.${format}`,
          write: (path) => exportTable({ ...table, path, observedRows, syntheticRows, flags }),
        },
        {
          name: `${PUBLISHED.test}.${format}`,
          write: (path) => exportTable({ ...table, path, observedRows: test.origins }),
        },
        ...(provenance.length === 0
          ? []
          : [
              {
                name: `${PUBLISHED.provenance}.${format}`,
                write: (path: string) => exportColumns(path, provenance, format),
              },
            ]),
        { name: PUBLISHED.model, write: bytesOf(store, model.scoring) },
        { name: PUBLISHED.domain, write: bytesOf(store, model.domain) },
        { name: PUBLISHED.weights, write: jsonOf(weights) },
        { name: PUBLISHED.report, write: bytesOf(store, report.json) },
        { name: PUBLISHED.reportPage, write: bytesOf(store, report.page) },
      ];
      return publishTogether(store, uri, files, (uris) => withdrawEarlier(run, store, uris));
    });
    await store.write(manifest, jsonBytes(describeRun(run, profile, outputs)));
    return { manifest, outputs };
  },
};

function labelType(profile: DatasetProfile, column: string): LabelType {
  const type = profile.find(({ name }) => name === column)?.type;
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'boolean' : 'text';
}
