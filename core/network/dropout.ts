import type { Block } from '../kernels/arena.ts';
import type { Rng } from '../random/rng.ts';
import type { ForwardPass } from './forward.ts';

/**
 * Dropout (Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014, https://jmlr.org/papers/v15/srivastava14a.html): for
 * each row of each batch every hidden unit is left out with probability `rate`. The units that stay are multiplied by
 * 1 / (1 - rate), so that a layer's expected outputs are those of the whole layer, which is what predicts.
 */
export class Dropout {
  readonly #forward: ForwardPass;
  readonly #rng: Rng;
  readonly #rate: number;
  readonly #masks: readonly Block[];
  readonly #values: readonly Float32Array[];

  /** @param rate from 0, below 1 */
  constructor(forward: ForwardPass, rate: number, rng: Rng) {
    const hidden = forward.activations.slice(1);
    this.#forward = forward;
    this.#rng = rng;
    this.#rate = rate;
    this.#masks = hidden.map(({ rows, columns }) => forward.kernels.arena.allocate(rows, columns));
    this.#values = hidden.map(({ rows, columns }) => new Float32Array(rows * columns));
  }

  /** New masks, one per hidden layer: 0 or 1 / (1 - rate) per row and unit. They are overwritten by the next draw. */
  draw(): readonly Block[] {
    const limit = this.#rate * 2 ** 32;
    const kept = 1 / (1 - this.#rate);
    this.#masks.forEach((mask, layer) => {
      const values = this.#values[layer];
      for (let i = 0; i < values.length; i++) values[i] = this.#rng.nextUint32() < limit ? 0 : kept;
      this.#forward.kernels.arena.write(mask, values);
    });
    return this.#masks;
  }
}
