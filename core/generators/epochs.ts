/** Rows that training shows the network, all epochs together: beyond it more passes bring nothing that can be measured. */
const ROWS_SHOWN = 450_000;
const FEWEST_EPOCHS = 20;
const MOST_EPOCHS = 300;

/**
 * Passes over `rows` rows where nobody says how many: 300 up to 1,500 rows, fewer on more, so that the time that training
 * takes stays about the same (from 22,500 rows on it grows again, with 20 passes).
 */
export function defaultEpochs(rows: number): number {
  return Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.round(ROWS_SHOWN / rows)));
}
