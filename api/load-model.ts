import { readFile } from 'node:fs/promises';
import { parseScoringModel, scoringModelFromJSON } from '../core/model/model-json.ts';
import type { ScoringModel } from '../core/model/scoring-model.ts';

/**
 * A published model.
 *
 * @param source the path of a model.json, or what was parsed of one
 * @throws InvalidModelError where it is none, of a version from the future, or damaged; Node's own errors where there is no
 *   such file
 */
export async function loadModel(source: string | URL | object): Promise<ScoringModel> {
  if (typeof source !== 'string' && !(source instanceof URL)) return scoringModelFromJSON(source);
  return parseScoringModel(await readFile(source, 'utf8'), String(source));
}
