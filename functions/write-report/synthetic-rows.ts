import { PUBLISHED } from '../../contracts/layout.ts';
import type { Report } from '../../contracts/report.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { discriminability } from '../../core/generators/discriminability.ts';
import { duplicateShare } from '../../core/generators/duplicate-share.ts';
import { createLearner } from '../../core/learners/registry.ts';
import { createRng } from '../../core/random/rng.ts';
import { compareColumn } from '../../core/table/column-distribution.ts';
import { encodeFeatures, type FeatureEncoder, imputeMissing } from '../../core/table/feature-encoder.ts';
import { type Table, takeRows } from '../../core/table/table.ts';
import { isSynthetic, type Rows } from '../../storage/codecs/rows.ts';

/** Rows of either kind that it takes to tell whether they can be told apart. */
const FEWEST_TO_TELL = 5;

interface Minorities {
  /** the training minority */
  readonly observed: Table;
  /** the test minority, which the generator has not seen */
  readonly heldOut: Table;
  readonly published: Rows;
}

/** What the published synthetic rows are like, and where they come from. */
export function describeSyntheticRows(
  { request, generator }: Pick<Workflow, 'request' | 'generator'>,
  { observed, heldOut, published }: Minorities,
  encoder: FeatureEncoder,
): Pick<Report, 'distributions' | 'provenance'> {
  const places = Int32Array.from(published.origins.keys()).filter((row) => isSynthetic(published.origins[row]));
  const synthetic = takeRows(published.table, places);
  const known = imputeMissing(encoder, observed);
  const isEnough = synthetic.rows >= FEWEST_TO_TELL && heldOut.rows >= FEWEST_TO_TELL;
  return {
    distributions:
      synthetic.rows === 0 ? [] : observed.columns.map((column, c) => compareColumn(column, synthetic.columns[c])),
    provenance: {
      generator: request.generator.type,
      seed: request.seed,
      rows: synthetic.rows,
      file: synthetic.rows === 0 ? null : `${PUBLISHED.provenance}.${request.output.format}`,
      // A tree sees through synthetic numbers better than the other learners do.
      discriminability: isEnough
        ? discriminability(
            encodeFeatures(encoder, synthetic),
            encodeFeatures(encoder, heldOut),
            createLearner({ type: 'decision-tree', maxDepth: 8 }),
            createRng(request.seed, 'discriminability'),
          )
        : null,
      duplicateShare: synthetic.rows === 0 ? null : duplicateShare(synthetic, known),
      reconstructionLoss: generator.reconstructionLoss,
    },
  };
}
