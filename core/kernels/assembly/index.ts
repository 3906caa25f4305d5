// What the binary exports. Every matrix here is row-major single precision, its rows rounded up to a multiple of 4 and its
// stride (columns in memory) to a multiple of 8; see core/kernels/arena.ts for the rules that the padding keeps. Only the
// kernels of support vector machines, of neighbours and of histograms lay out their rows differently; see svm.ts,
// neighbours.ts and histograms.ts.
export { affine, maskedProduct, transposedProduct, columnSums, transpose } from './products';
export { softmaxOutputs, sigmoidOutputs } from './heads';
export { linearSquaredError, sigmoidSquaredError, sigmoidCrossEntropy, softmaxSquaredError, softmaxCrossEntropy } from './losses';
export { sigmoidFocal } from './focal';
export { adamStep } from './adam';
export { multiply, scale } from './elementwise';
export { rbfRow, linearRow } from './svm';
export { addPairs } from './histograms';
export { nearestRows } from './neighbours';

/** The first address that static data does not occupy. */
export function freeMemoryStart(): usize {
  return __heap_base;
}
