import type { Rng } from '../core/random/rng.ts';

/** Complete rows of adult.data, and how many of them earn more than 50K. */
const ROWS = 30_162;
const MINORITY_ROWS = 7508;

/** Levels of each categorical column in the complete rows; null for a number. */
const LEVELS = [null, 7, null, 16, null, 7, 14, 6, 5, 2, null, null, null, 41];

/** A table of the size, columns, levels and class counts of adult.data, in its format; what it says is random. */
export function syntheticAdult(rng: Rng): string {
  const rows = Array.from({ length: ROWS }, (_, r) => drawRow(r, rng));
  const threshold = rows.map(({ score }) => score).sort((a, b) => b - a)[MINORITY_ROWS - 1];
  return rows.map(({ fields, score }) => `${fields.join(', ')}, ${score >= threshold ? '>50K' : '<=50K'}\n`).join('');
}

/** The score, on which the label hangs, depends on all columns and on chance. */
function drawRow(row: number, rng: Rng): { fields: string[]; score: number } {
  let score = 2 * rng.nextNormal();
  const fields = LEVELS.map((levels) => {
    if (levels === null) {
      const value = Math.round(40 + 12 * rng.nextNormal());
      score += (value - 40) / 12;
      return String(value);
    }
    // The first rows go through the levels in order, so that each level occurs.
    const level = row < levels ? row : Math.min(rng.nextInt(levels), rng.nextInt(levels));
    score += Math.sin(level);
    return `level-${String(level).padStart(2, '0')}`;
  });
  return { fields, score };
}
