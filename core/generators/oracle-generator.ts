import { InvalidArgumentError } from '../errors.ts';
import { permutation } from '../random/sample.ts';
import { type Table, takeRows } from '../table/table.ts';
import type { Generator } from './generator.ts';

/**
 * Hands out real minority rows that an experiment has held back: the ceiling for every other generator. For experiments only,
 * since whoever has such rows should train on them.
 *
 * @param withheld rows with the columns of the observed ones. They are drawn without replacement within a call of `generate`.
 */
export function oracleGenerator(withheld: Table): Generator {
  return {
    fit: () => ({
      reconstructionLoss: null,
      generate(count, rng) {
        if (!Number.isInteger(count) || count < 0 || count > withheld.rows) {
          throw new InvalidArgumentError(
            `count: found ${count}, needed a whole number from 0 to ${withheld.rows}, the rows that were held back`,
          );
        }
        return takeRows(withheld, permutation(withheld.rows, rng).subarray(0, count));
      },
    }),
  };
}
