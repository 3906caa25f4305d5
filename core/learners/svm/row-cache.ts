/** A value moves to `to` from `from`, and the one at `to` is thrown away. */
export interface Move {
  readonly to: number;
  readonly from: number;
}

/** Rows are kept in slots of one length, which follows the active set when that has shrunk to this share of it. */
const SHRUNK = 0.75;

/**
 * A bounded cache of rows of the kernel matrix in single precision; the row that was not asked for the longest gives
 * way. A row is known by its number and holds its values against the places from 0 on, as many as were asked for last.
 */
export class RowCache {
  /** the kept values; `fetch` says where a row begins */
  readonly values: Float32Array;
  readonly #rows: number;
  /** slot by row, the row asked for last at the end */
  readonly #slots = new Map<number, number>();
  /** values known, by slot */
  readonly #lengths: Int32Array;
  #slotLength: number;

  /**
   * @param rows how many rows there are, and how many values in each at most
   * @param bytes how much to keep; two rows at least
   */
  constructor(rows: number, bytes: number) {
    this.#rows = rows;
    this.values = new Float32Array(Math.min(rows * rows, Math.max(2 * rows, Math.floor(bytes / 4))));
    this.#lengths = new Int32Array(rows);
    this.#slotLength = rows;
  }

  /**
   * Where in `values` the row begins. It stays there until the next but one row is asked for.
   *
   * @param length how many of its values are needed
   * @param evaluate computes the values of the row from one place up to, not including, another, each at its index
   */
  fetch(row: number, length: number, evaluate: (row: number, from: number, to: number) => Float32Array): number {
    const slot = this.#touch(row);
    const start = slot * this.#slotLength;
    const known = this.#lengths[slot];
    if (known < length) {
      this.values.set(evaluate(row, known, length).subarray(known, length), start + known);
      this.#lengths[slot] = length;
    }
    return start;
  }

  /**
   * Follows a change of the places.
   *
   * @param moves by ascending `to`, each `from` beyond every `to`
   * @param length places from here on are forgotten
   */
  rearrange(moves: readonly Move[], length: number): void {
    for (const slot of this.#slots.values()) {
      const known = moveValues(this.values, slot * this.#slotLength, this.#lengths[slot], moves);
      this.#lengths[slot] = Math.min(known, length);
    }
    if (length > this.#slotLength || length <= SHRUNK * this.#slotLength) this.#resizeSlots(length);
  }

  #capacity(): number {
    return Math.min(this.#rows, Math.floor(this.values.length / this.#slotLength));
  }

  #touch(row: number): number {
    const slot = this.#slots.get(row) ?? this.#freeSlot();
    this.#slots.delete(row);
    this.#slots.set(row, slot);
    return slot;
  }

  #freeSlot(): number {
    let slot = this.#slots.size;
    if (slot >= this.#capacity()) {
      const [oldest] = this.#slots;
      this.#slots.delete(oldest[0]);
      slot = oldest[1];
    }
    this.#lengths[slot] = 0;
    return slot;
  }

  /** In an order in which no row is overwritten before it has moved. Rows in slots that are no more are forgotten. */
  #resizeSlots(slotLength: number): void {
    const used = this.#slots.size;
    const before = this.#slotLength;
    this.#slotLength = slotLength;
    const kept = Math.min(used, this.#capacity());
    for (let i = 0; i < kept; i++) {
      const slot = slotLength < before ? i : kept - 1 - i;
      this.values.copyWithin(slot * slotLength, slot * before, slot * before + this.#lengths[slot]);
    }
    for (const [row, slot] of this.#slots) if (slot >= kept) this.#slots.delete(row);
  }
}

/** Returns how many of the values are still known: those up to the first whose successor was not. */
function moveValues(values: Float32Array, start: number, known: number, moves: readonly Move[]): number {
  for (const { to, from } of moves) {
    if (from < known) values[start + to] = values[start + from];
    else if (to < known) return to;
  }
  return known;
}
