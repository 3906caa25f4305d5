import { InvalidArgumentError } from '../errors.ts';
import type { MixedRows } from '../neighbours/mixed-rows.ts';
import { categoricalColumns, UNSEEN } from './columns.ts';
import { exceededWithProbability } from './normal-quantile.ts';
import type { Outlyingness, OutlyingnessMethod } from './outlyingness.ts';

/**
 * The root of the mean squared deviation of a row's values from the training mean, in units of their training standard
 * deviation: the standardized Euclidean distance to the centroid (Jaworska, Nikolova-Jeliazkova & Aldenberg 2005, QSAR
 * applicability domain estimation by projection of the training set in descriptor space, ATLA 33:5), over the root of
 * the number of columns. The mean plus 1.28 deviations of these deviations, of Roy, Kar & Ambure 2015 (Chemom. Intell.
 * Lab. Syst. 145), was not taken: it can grow where a value comes nearer to the mean.
 *
 * A level, which has no mean, is as many deviations away as a normal number that is exceeded, on either side, as seldom
 * as a training row has this level or one that is no more frequent; an unseen level as one that a single row of one
 * more would have.
 */
export const standardizedDistanceMethod: OutlyingnessMethod = {
  mostRows: () => Number.POSITIVE_INFINITY,
  fit(rows, columns) {
    const rarities = categoricalColumns(columns).map(({ levels }, c) => levelRarities(rows, c, levels.length));
    const fitted = distanceFrom(rarities);
    return { fitted, measureTraining: () => fitted.measure(rows) };
  },
  fromJSON({ rarities }, columns) {
    const lengths = categoricalColumns(columns).map(({ levels }) => levels.length + 1);
    if (!Array.isArray(rarities) || rarities.length !== lengths.length) {
      throw new InvalidArgumentError(
        'saved domain, rarities: found no list of lists, one per categorical column, needed one',
      );
    }
    lengths.forEach((length, c) => {
      if (!Array.isArray(rarities[c]) || rarities[c].length !== length || !rarities[c].every(Number.isFinite)) {
        throw new InvalidArgumentError(`saved domain, rarities[${c}]: needed a list of ${length} finite numbers`);
      }
    });
    return distanceFrom(rarities);
  },
};

/** @param rarities per categorical column the deviations of its levels, and last that of an unseen one */
function distanceFrom(rarities: readonly (readonly number[])[]): Outlyingness {
  return { measure: (rows) => distances(rows, rarities), toJSON: () => ({ rarities }) };
}

function distances(
  { rows, numberCount, codeCount, numbers, codes }: MixedRows,
  rarities: readonly (readonly number[])[],
): Float64Array {
  const result = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < numberCount; i++) sum += numbers[row * numberCount + i] ** 2;
    for (let i = 0; i < codeCount; i++) {
      const code = codes[row * codeCount + i];
      sum += (code === UNSEEN ? rarities[i][rarities[i].length - 1] : rarities[i][code]) ** 2;
    }
    result[row] = Math.sqrt(sum / (numberCount + codeCount));
  }
  return result;
}

function levelRarities({ rows, codeCount, codes }: MixedRows, column: number, levels: number): number[] {
  const counts = new Array<number>(levels).fill(0);
  for (let row = 0; row < rows; row++) {
    const code = codes[row * codeCount + column];
    if (code !== UNSEEN) counts[code]++;
  }
  const rarities = counts.map((count) => {
    const asRare = counts.reduce((sum, other) => (other <= count ? sum + other : sum), 0);
    return exceededWithProbability(asRare / rows);
  });
  return [...rarities, exceededWithProbability(1 / (rows + 1))];
}
