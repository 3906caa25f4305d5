import type { Network } from './network.ts';

/** When to stop before the last epoch (Prechelt 1998, Early stopping - but when?). */
export interface EarlyStopping {
  /** numbers of the validation rows: they are measured after each epoch and never trained on */
  readonly validationRows: Int32Array;
  /** training ends after so many epochs in a row without a new lowest validation loss, at least 1 */
  readonly patience: number;
}

/** An epoch, and the parameters at its end. */
export interface Checkpoint {
  /** from 1 */
  readonly epoch: number;
  readonly network: Network;
  /** the epoch's training loss */
  readonly loss: number;
  readonly validationLoss: number;
}

/** Keeps the epoch with the lowest validation loss, the first of equal ones. */
export class BestEpoch {
  readonly #patience: number;
  #best: Checkpoint | undefined;

  constructor(patience: number) {
    this.#patience = patience;
  }

  get best(): Checkpoint | undefined {
    return this.#best;
  }

  /**
   * Takes notice of an epoch; `checkpoint` is called where it is the best so far.
   *
   * @returns whether to stop
   */
  notice(
    epoch: number,
    validationLoss: number,
    checkpoint: () => Omit<Checkpoint, 'epoch' | 'validationLoss'>,
  ): boolean {
    if (this.#best === undefined || validationLoss < this.#best.validationLoss) {
      this.#best = { epoch, validationLoss, ...checkpoint() };
      return false;
    }
    return epoch - this.#best.epoch >= this.#patience;
  }
}
