/**
 * At most `most` of the points, evenly by their place, the first and the last among them.
 *
 * @param most from 2
 */
export function thinOut<T>(points: readonly T[], most: number): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]);
}
