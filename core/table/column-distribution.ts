import type { Column } from './table.ts';

/** Bins of a histogram, at most; and levels, the least frequent ones taken together. */
const MOST_BINS = 24;
const MOST_LEVELS = 16;

/** What the levels beyond the most frequent ones are called together. */
export const OTHER_LEVELS = 'other levels';

/** One column of two tables side by side, as shares of the known values. */
export type ColumnDistribution =
  | {
      readonly kind: 'numeric';
      readonly name: string;
      /** ascending; one more than there are bins, of equal width, the last one closed */
      readonly edges: number[];
      readonly observed: number[];
      readonly synthetic: number[];
      /** Kolmogorov-Smirnov statistic, in [0, 1]; null where a side has no known value */
      readonly distance: number | null;
    }
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly levels: string[];
      readonly observed: number[];
      readonly synthetic: number[];
      /** total variation distance, in [0, 1]; null where a side has no known value */
      readonly distance: number | null;
    };

/** Compares a column of two tables. @param observed, synthetic the same column, of the same kind and levels */
export function compareColumn(observed: Column, synthetic: Column): ColumnDistribution {
  if (observed.kind === 'numeric' && synthetic.kind === 'numeric') {
    return compareNumbers(observed.name, known(observed.values), known(synthetic.values));
  }
  if (observed.kind === 'categorical' && synthetic.kind === 'categorical') {
    return compareLevels(observed.name, observed.levels, observed.codes, synthetic.codes);
  }
  throw new TypeError(`column ${observed.name}: found ${synthetic.kind}, needed ${observed.kind}`);
}

function compareNumbers(name: string, observed: Float64Array, synthetic: Float64Array): ColumnDistribution {
  const low = Math.min(observed[0] ?? Infinity, synthetic[0] ?? Infinity);
  const high = Math.max(observed.at(-1) ?? -Infinity, synthetic.at(-1) ?? -Infinity);
  const bins = low < high ? MOST_BINS : low === high ? 1 : 0;
  const width = (high - low) / bins;
  const edges = bins === 0 ? [] : Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * width));
  const share = (values: Float64Array) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of values) counts[width > 0 ? Math.min(bins - 1, Math.floor((value - low) / width)) : 0]++;
    return counts.map((count) => (values.length === 0 ? 0 : count / values.length));
  };
  return {
    kind: 'numeric',
    name,
    edges,
    observed: share(observed),
    synthetic: share(synthetic),
    distance: observed.length * synthetic.length === 0 ? null : largestGap(observed, synthetic),
  };
}

/** The two-sample Kolmogorov-Smirnov statistic of sorted values (Smirnov 1939): the largest gap between cumulative shares. */
function largestGap(a: Float64Array, b: Float64Array): number {
  let gap = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    gap = Math.max(gap, Math.abs(i / a.length - j / b.length));
  }
  return gap;
}

function compareLevels(
  name: string,
  levels: readonly string[],
  observed: Int32Array,
  synthetic: Int32Array,
): ColumnDistribution {
  const [real, made] = [observed, synthetic].map((codes) => levelShares(codes, levels.length));
  const ranked = [...levels.keys()].sort((i, j) => real[j] + made[j] - real[i] - made[i] || i - j);
  const shown = ranked.slice(0, ranked.length > MOST_LEVELS ? MOST_LEVELS - 1 : MOST_LEVELS);
  const rest = ranked.slice(shown.length);
  const gathered = (shares: Float64Array) => [
    ...shown.map((level) => shares[level]),
    ...(rest.length > 0
      ? [
          Math.min(
            1,
            rest.reduce((sum, level) => sum + shares[level], 0),
          ),
        ]
      : []),
  ];
  const isKnown = (codes: Int32Array) => codes.some((code) => code >= 0);
  return {
    kind: 'categorical',
    name,
    levels: [...shown.map((level) => levels[level]), ...(rest.length > 0 ? [OTHER_LEVELS] : [])],
    observed: gathered(real),
    synthetic: gathered(made),
    distance:
      isKnown(observed) && isKnown(synthetic)
        ? Math.min(1, real.reduce((sum, share, level) => sum + Math.abs(share - made[level]), 0) / 2)
        : null,
  };
}

function levelShares(codes: Int32Array, levels: number): Float64Array {
  const counts = new Float64Array(levels);
  let total = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code]++;
    total++;
  }
  return total === 0 ? counts : counts.map((count) => count / total);
}

function known(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}
