import { z } from 'zod';
import { resolvedRequestSchema } from './request.ts';
import { classCountsSchema, outputFileSchema, scoresSchema } from './workflow.ts';

const versions = z.object({ counterpoise: z.string(), manifest: z.literal(1), node: z.string() });
const execution = z.object({ id: z.string(), startedAt: z.string() });

/** How one column of the user's table was understood and what was done with it. */
export const columnTreatmentSchema = z.object({
  name: z.string(),
  type: z.enum(['boolean', 'integer', 'number', 'date', 'timestamp', 'text']),
  role: z.enum([
    'target',
    'feature',
    'identifier',
    'high-cardinality',
    'constant',
    'all-missing',
    'group',
    'time',
    'ignored',
  ]),
  missing: z.int().nonnegative(),
  distinct: z.int().nonnegative(),
  /** what the role means for learning, and what a synthetic row holds in this column */
  treatment: z.string(),
});
export type ColumnTreatment = z.output<typeof columnTreatmentSchema>;

/** `manifest.json` of a run that went well: what was asked, what was done, what came out. */
export const succeededManifestSchema = z.object({
  status: z.literal('succeeded'),
  execution,
  request: resolvedRequestSchema.extend({
    target: z.strictObject({ column: z.string(), minority: z.string() }),
  }),
  seed: z.int(),
  input: z.object({ uri: z.string(), bytes: z.int(), sha256: z.string(), versionId: z.string().optional() }),
  columns: z.array(columnTreatmentSchema),
  missingTreatment: z.enum(['complete-case', 'impute']),
  encodedAttributes: z.int(),
  counts: z.object({
    read: classCountsSchema,
    usable: classCountsSchema,
    train: classCountsSchema,
    test: classCountsSchema,
    generated: z.int(),
    newFeatureRows: z.int(),
    merged: classCountsSchema,
    rebalanced: classCountsSchema,
    published: classCountsSchema,
  }),
  generator: z.object({ epochs: z.int(), reconstructionLoss: z.number() }),
  /** id of the strategy whose rows and model are published */
  strategy: z.string(),
  /** the report's first sentence */
  verdict: z.string(),
  metrics: z.object({
    observed: scoresSchema,
    undersampled: scoresSchema,
    rebalanced: scoresSchema,
    published: scoresSchema,
  }),
  outputs: z.array(outputFileSchema),
  /** milliseconds by state: all that may differ between two runs of the same request, beside `execution.startedAt` */
  timings: z.record(z.string(), z.number()),
  versions,
});
export type SucceededManifest = z.output<typeof succeededManifestSchema>;

/** `manifest.json` of a run that failed: why, and that nothing was published. */
export const failedManifestSchema = z.object({
  status: z.literal('failed'),
  execution,
  /** as it came in: it may be what was wrong */
  request: z.unknown(),
  failure: z.object({ error: z.string(), cause: z.string() }),
  outputs: z.array(outputFileSchema).length(0),
  versions,
});
export type FailedManifest = z.output<typeof failedManifestSchema>;

export const manifestSchema = z.discriminatedUnion('status', [succeededManifestSchema, failedManifestSchema]);
export type Manifest = z.output<typeof manifestSchema>;
