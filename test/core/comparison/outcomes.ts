import type { FoldOutcome } from '../../../core/strategies/evaluate-fold.ts';

/** A fold of `minority` and `majority` rows of which so many are called minority. There are two scores. */
export function foldOutcome(
  { minority, majority }: { minority: number; majority: number },
  { truePositives, falsePositives }: { truePositives: number; falsePositives: number },
  given: Partial<FoldOutcome> = {},
): FoldOutcome {
  const rows = minority + majority;
  const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row < minority));
  const predictions = Uint8Array.from(labels, (label, row) =>
    Number(label === 1 ? row < truePositives : row - minority < falsePositives),
  );
  const scores = Float64Array.from(predictions, (called) => (called === 1 ? 0.8 : 0.2));
  return {
    rows: Int32Array.from(labels.keys()),
    labels,
    scores,
    predictions,
    probabilities: { none: scores, 'prior-corrected': scores, platt: scores, isotonic: scores },
    threshold: null,
    trainedOn: { majority: 40, minority: 10, synthetic: 0 },
    ...given,
  };
}
