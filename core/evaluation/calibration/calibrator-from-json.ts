import { refuseSaved } from './arguments.ts';
import type { Calibrator } from './calibrator.ts';
import { ISOTONIC, isotonicFromJSON } from './isotonic.ts';
import { PLATT, plattFromJSON } from './platt.ts';
import { PRIOR_CORRECTION, priorCorrectionFromJSON } from './prior-correction.ts';
import { UNCALIBRATED, uncalibratedFromJSON } from './uncalibrated.ts';

const RESTORE: ReadonlyMap<unknown, (json: unknown) => Calibrator> = new Map([
  [UNCALIBRATED, uncalibratedFromJSON],
  [PRIOR_CORRECTION, priorCorrectionFromJSON],
  [PLATT, plattFromJSON],
  [ISOTONIC, isotonicFromJSON],
]);

/**
 * Restores a calibrator of any type from what its `toJSON` gave.
 *
 * @throws InvalidArgumentError where it is not that
 */
export function calibratorFromJSON(json: unknown): Calibrator {
  const { type } = (json ?? {}) as { type?: unknown };
  const restore = RESTORE.get(type);
  if (restore === undefined) return refuseSaved(json, `a type: ${[...RESTORE.keys()].join(', ')}`);
  return restore(json);
}
