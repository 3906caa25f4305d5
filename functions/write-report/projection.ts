import type { Report } from '../../contracts/report.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { principalComponents, project } from '../../core/projection/principal-components.ts';
import { createRng } from '../../core/random/rng.ts';
import { sampleWithoutReplacement } from '../../core/random/sample.ts';
import { encodeFeatures, type FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { takeRows } from '../../core/table/table.ts';
import { isSynthetic, type Rows } from '../../storage/codecs/rows.ts';

/** Rows that the axes are fitted to, and rows of each kind that are drawn: more would not be told apart. */
const FITTED_ROWS = 5000;
const DRAWN_ROWS = 600;

type Projection = Report['projection'];
type Kind = Projection['points'][number]['kind'];

/** A sample of the rows on the first two principal components of the observed training rows. */
export function describeProjection(
  { request }: Pick<Workflow, 'request'>,
  train: Rows,
  published: Rows,
  encoder: FeatureEncoder,
): Projection {
  const rng = createRng(request.seed, 'projection');
  const places = ({ labels }: Rows, wanted: (row: number) => boolean) =>
    Int32Array.from(labels.keys()).filter((row) => wanted(row));
  const sample = (rows: Int32Array, most: number) => sampleWithoutReplacement(rows, Math.min(most, rows.length), rng);
  const encoded = ({ table }: Rows, rows: Int32Array) => encodeFeatures(encoder, takeRows(table, rows));

  const fitted = encoded(
    train,
    sample(
      places(train, () => true),
      FITTED_ROWS,
    ),
  );
  const axes = Math.min(2, encoder.width);
  const components = principalComponents(fitted, axes);
  const drawn: [Kind, Rows, Int32Array][] = [
    ['majority', train, places(train, (row) => train.labels[row] === 0)],
    ['minority', train, places(train, (row) => train.labels[row] === 1)],
    ['synthetic', published, places(published, (row) => isSynthetic(published.origins[row]))],
  ];
  const points = drawn.flatMap(([kind, rows, from]) => {
    // Of one feature there is only one axis.
    const [x, y = new Float64Array(x.length)] = project(components, encoded(rows, sample(from, DRAWN_ROWS)));
    return Array.from(x, (value, i) => ({ x: rounded(value), y: rounded(y[i]), kind }));
  });
  return { explained: [components.explained[0], components.explained[1] ?? 0], points };
}

/** A picture needs no more, and 1,800 points with all their digits are a tenth of a megabyte. */
function rounded(coordinate: number): number {
  return Math.round(coordinate * 1000) / 1000;
}
