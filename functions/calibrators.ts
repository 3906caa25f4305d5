import { CALIBRATIONS } from '../core/evaluation/calibration/calibrations.ts';
import { calibratorFromJSON } from '../core/evaluation/calibration/calibrator-from-json.ts';
import type { Calibrators } from '../core/strategies/calibrators.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { loadJson, saveJson } from './artifacts.ts';

export async function saveCalibrators(store: DatasetStore, uri: string, calibrators: Calibrators): Promise<string> {
  const json = CALIBRATIONS.map((name) => [name, calibrators[name].toJSON()]);
  return saveJson(store, uri, Object.fromEntries(json));
}

/** What `saveCalibrators` has saved. */
export async function loadCalibrators(store: DatasetStore, uri: string): Promise<Calibrators> {
  const json = await loadJson<Record<string, unknown>>(store, uri);
  return Object.fromEntries(
    CALIBRATIONS.map((name) => [name, calibratorFromJSON(json[name])]),
  ) as unknown as Calibrators;
}
