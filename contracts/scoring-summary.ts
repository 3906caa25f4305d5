import { z } from 'zod';
import { OUTSIDE_POLICIES } from '../core/model/decisions.ts';
import { confusionCountsSchema, metricNameSchema } from './comparison.ts';
import { DOMAIN_FLAG } from './layout.ts';

/** The columns that scoring adds to the right of a user's own. */
export const SCORE_COLUMNS = ['probability', 'prediction', DOMAIN_FLAG, 'domain_score'] as const;

const count = z.int().nonnegative();
/** null where there are no rows to take it of */
const share = z.number().min(0).max(1).nullable();

/** What came of scoring rows: references, counts and shares, for monitoring. The same rows and model give the same. */
export const scoringSummarySchema = z.strictObject({
  type: z.literal('rows-scored'),
  /** URI of the rows that were scored */
  input: z.string(),
  /** URI of the scored rows */
  output: z.string(),
  model: z.strictObject({
    uri: z.string(),
    execution: z.string(),
    strategy: z.string(),
    counterpoise: z.string(),
    calibration: z.string(),
  }),
  target: z.strictObject({ column: z.string(), minority: z.string(), majority: z.string() }),
  /** on the scale of the learner's scores; null: as the learner itself decides */
  threshold: z.number().nullable(),
  /** what was asked for by name, else null */
  thresholdRule: z.string().nullable(),
  outside: z.enum(OUTSIDE_POLICIES),
  rows: count,
  predicted: z.strictObject({
    majority: count,
    minority: count,
    /** outside of the domain, and so not decided */
    abstained: count,
    /** of the decided rows */
    minorityShare: share,
  }),
  /** of all rows */
  meanProbability: share,
  domain: z.strictObject({ outside: count, outsideShare: share }),
  /** columns with levels that did not occur in training */
  unseenLevels: z.array(
    z.strictObject({
      column: z.string(),
      rows: count,
      /** how many different ones */
      distinct: count,
      /** the first twenty */
      levels: z.array(z.string()),
    }),
  ),
  /** null where the label column is not in the rows, or is empty */
  evaluation: z
    .strictObject({
      /** rows with one of the target's two labels that were decided */
      rows: count,
      /** rows with another label, or with none */
      unlabelled: count,
      /** the first few labels that are neither of the target's two */
      otherLabels: z.array(z.string()),
      counts: confusionCountsSchema,
      /** null where not defined, as for want of a class */
      metrics: z.partialRecord(metricNameSchema, z.number().nullable()),
    })
    .nullable(),
});
export type ScoringSummary = z.output<typeof scoringSummarySchema>;
