// What the binary exports. Every matrix here is row-major single precision, its rows rounded up to a multiple of 4 and its
// stride (columns in memory) to a multiple of 8; see core/kernels/arena.ts for the rules that the padding keeps.
export { affine, maskedProduct, transposedProduct, columnSums, transpose } from './products';
export { softmaxOutputs, sigmoidOutputs } from './heads';
export { linearSquaredError, sigmoidSquaredError, sigmoidCrossEntropy, softmaxSquaredError, softmaxCrossEntropy } from './losses';
export { adamStep } from './adam';

/** The first address that static data does not occupy. */
export function freeMemoryStart(): usize {
  return __heap_base;
}
