import { OutputTakenError, SupersededError } from '../../contracts/errors.ts';
import { balancedUri, PUBLISHED } from '../../contracts/layout.ts';
import type { SucceededManifest } from '../../contracts/manifest.ts';
import { fileName, joinUri } from '../../contracts/uri.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { Run } from '../artifacts.ts';
import { loadEarlierManifest } from '../earlier-manifest.ts';

type Prepared = Run & Pick<Workflow, 'prepared'>;

/** Where the manifest of what is published in an output location lies. */
export function manifestUri(outputUri: string): string {
  return joinUri(outputUri, PUBLISHED.manifest);
}

/**
 * Takes back what an earlier run published here, just before new outputs take its place: its manifest first, so that
 * there is never one beside files that it does not describe, then the files that will not be replaced (another format).
 *
 * @param replaced URIs that are about to be written over
 * @throws OutputTakenError, SupersededError where it is to stay; nothing is taken back then
 */
export async function withdrawEarlier(run: Prepared, store: DatasetStore, replaced: readonly string[]): Promise<void> {
  const manifest = manifestUri(run.request.output.uri);
  const earlier = await loadEarlierManifest(store, manifest);
  if (earlier?.status === 'succeeded') requireReplaceable(earlier, run);
  await store.remove(manifest);
  for (const { uri } of earlier?.outputs ?? []) if (!replaced.includes(uri)) await store.remove(uri);
}

/**
 * A table whose location follows from its name meets another one's outputs there only by accident, as adult.parquet meets
 * those of adult.csv: by its extension, for a folder that was moved has the same tables. Whoever names a location may mean it: this month's table in the place of last month's. And of two runs
 * that read other bytes the one that started last read the newer ones, however long each takes. Where both read the same (an
 * upload's own run, and an orchestrator's of that upload), the one that ends last has the say, as each is told what it made.
 */
function requireReplaceable(there: SucceededManifest, { request, execution, prepared }: Prepared): void {
  const { input, execution: earlier } = there;
  const { dataset, output } = request;
  const named = manifestUri(output.uri) !== manifestUri(balancedUri(dataset.uri));
  if (!named && fileName(input.uri) !== fileName(dataset.uri))
    throw OutputTakenError.of(dataset.uri, output.uri, input.uri);
  if (input.sha256 !== prepared.input.sha256 && Date.parse(earlier.startedAt) > Date.parse(execution.startedAt)) {
    throw new SupersededError(
      `${output.uri}: found outputs of ${input.uri} with another content, by the execution ${earlier.id}, which started at ` +
        `${earlier.startedAt}, after this one at ${execution.startedAt}; they stay. To have this request's in their place, ` +
        'start it again',
    );
  }
}
