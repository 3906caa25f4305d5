import { InvalidArgumentError } from '../errors.ts';
import type { Pointer } from './instance.ts';

/** By which WebAssembly's memory grows. */
const PAGE_BYTES = 65_536;
/** The kernels load and store 16 bytes at a time. */
const ALIGNMENT = 16;

/** For whom memory is wanted, for what, and what to do where there is too little: parts of a message. */
export interface Purpose {
  readonly who: string;
  readonly what: string;
  readonly advice: string;
}

/**
 * Makes room up to `end`. Where the memory grows, views of it are of no use any more.
 *
 * @returns whether it grew
 * @throws InvalidArgumentError where it cannot grow that far
 */
export function growTo(memory: WebAssembly.Memory, end: Pointer, purpose: () => Purpose): boolean {
  const pages = Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES);
  if (pages <= 0) return false;
  try {
    memory.grow(pages);
  } catch {
    const { who, what, advice } = purpose();
    throw new InvalidArgumentError(
      `${who}: found no room in WebAssembly's memory for ${what}, needed 4 GiB to hold all; choose ${advice}`,
    );
  }
  return true;
}

/** Where lists of so many bytes begin, one after the other from `start` on, and where the last one ends. */
export function layOut(start: Pointer, lengths: readonly number[]): Pointer[] {
  const pointers = [align(start)];
  for (const [i, length] of lengths.entries()) pointers.push(align(pointers[i] + length));
  return pointers;
}

/** The next address from `pointer` on that the kernels may load from. */
export function align(pointer: Pointer): Pointer {
  return Math.ceil(pointer / ALIGNMENT) * ALIGNMENT;
}
