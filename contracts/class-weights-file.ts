import { z } from 'zod';
import { CLASS_WEIGHTS_FORMAT, CLASS_WEIGHTS_VERSION } from '../core/model/class-weights-file.ts';

const positive = z.number().positive();
const rows = z.int().positive();
const byLabel = z.record(z.string(), positive);

const schemeSchema = z.strictObject({ ratio: positive, class_weight: byLabel, scale_pos_weight: positive });

/** `weights.json` (core/model/class-weights-file.ts has the formulas). */
export const classWeightsFileSchema = z.strictObject({
  format: z.literal(CLASS_WEIGHTS_FORMAT),
  version: z.literal(CLASS_WEIGHTS_VERSION),
  target: z.strictObject({ column: z.string(), minority: z.string(), majority: z.string() }),
  counts: z.strictObject({ majority: rows, minority: rows }),
  askedRatio: positive,
  ratio: positive,
  classes: byLabel,
  schemes: z.strictObject({ asked: schemeSchema, balanced: schemeSchema, sqrt: schemeSchema }),
  usage: z.strictObject({ 'scikit-learn': z.string(), xgboost: z.string(), lightgbm: z.string() }),
});
