/** A mean over seeds and how far the seeds lie from it. Null where a value is not defined, as a spread of one seed. */
export interface Spread {
  readonly mean: number | null;
  /** sample standard deviation: n - 1 in the denominator */
  readonly deviation: number | null;
}

/** A mean difference of pairs, seed by seed, and its standard error: the differences' deviation / sqrt(seeds). */
export interface PairedDifference {
  readonly mean: number | null;
  readonly standardError: number | null;
}

/** Null where one of the values is: a mean over other seeds than those of the row beside it would mislead. */
export function spread(values: readonly (number | null)[]): Spread {
  if (!values.every((value) => value !== null) || values.length === 0) return { mean: null, deviation: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** @param values, baseline one per seed, in the same order */
export function pairedDifference(
  values: readonly (number | null)[],
  baseline: readonly (number | null)[],
): PairedDifference {
  const differences = values.map((value, i) => {
    const other = baseline[i] ?? null;
    return value === null || other === null ? null : value - other;
  });
  return { mean: spread(differences).mean, standardError: standardError(differences) };
}

function standardError(values: readonly (number | null)[]): number | null {
  const { deviation } = spread(values);
  return deviation === null ? null : deviation / Math.sqrt(values.length);
}
