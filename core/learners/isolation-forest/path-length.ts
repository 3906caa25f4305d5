import { exponential, logarithm } from '../../numeric/exp-log.ts';

/** Euler and Mascheroni's constant: the harmonic number H(i) is near ln(i) + it. */
const EULER_GAMMA = 0.5772156649015329;

/**
 * c(n) of Liu, Ting & Zhou 2008 (Isolation Forest, ICDM; equation 1): the mean number of questions of an unsuccessful
 * search in a binary search tree of n rows, 2 H(n - 1) - 2 (n - 1) / n; 0 for one row, and 1 for two, as in
 * scikit-learn.
 */
export function averagePathLength(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (logarithm(rows - 1) + EULER_GAMMA) - (2 * (rows - 1)) / rows;
}

/**
 * 2^(-E(h) / c(n)), equation 2 there: near 1 for a row that few questions isolate, 0.5 for one that takes as many as
 * the average, towards 0 for one that takes more.
 *
 * @param pathLength E(h), the mean over the trees
 * @param sampleSize n, the rows that a tree was grown on; of one row nothing can be told: 0.5
 */
export function anomalyScore(pathLength: number, sampleSize: number): number {
  const average = averagePathLength(sampleSize);
  return exponential(-Math.LN2 * (average === 0 ? 1 : pathLength / average));
}
