import { parseScoringModel } from '../../core/model/model-json.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';

/**
 * Reads a published model.
 *
 * @throws InvalidModelError where it is none, ObjectNotFoundError and the store's other errors
 */
export async function loadScoringModel(store: Pick<DatasetStore, 'read'>, uri: string): Promise<ScoringModel> {
  return parseScoringModel(new TextDecoder().decode(await store.read(uri)), uri);
}
