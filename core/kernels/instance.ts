import { decodeBase64 } from './base64.ts';
import { KERNELS_BASE64 } from './kernels.wasm.ts';

/**
 * The binary's exports; what each computes is said in core/kernels/assembly. `Pointer`s are addresses in bytes, strides and
 * counts are in floats.
 */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  freeMemoryStart(): Pointer;
  affine(
    x: Pointer,
    xStride: number,
    weights: Pointer,
    weightsStride: number,
    biases: Pointer,
    result: Pointer,
    resultStride: number,
    rows: number,
    inner: number,
    columns: number,
    rectify: number,
  ): void;
  transposedProduct(
    x: Pointer,
    xStride: number,
    y: Pointer,
    yStride: number,
    result: Pointer,
    resultStride: number,
    rows: number,
    inner: number,
    columns: number,
  ): void;
  maskedProduct(
    x: Pointer,
    xStride: number,
    y: Pointer,
    yStride: number,
    mask: Pointer,
    result: Pointer,
    resultStride: number,
    rows: number,
    inner: number,
    columns: number,
  ): void;
  columnSums(x: Pointer, xStride: number, result: Pointer, rows: number, columns: number): void;
  transpose(x: Pointer, xStride: number, result: Pointer, resultStride: number, rows: number, columns: number): void;
  softmaxOutputs: HeadKernel;
  sigmoidOutputs: HeadKernel;
  linearSquaredError: LossKernel;
  sigmoidSquaredError: LossKernel;
  sigmoidCrossEntropy: LossKernel;
  softmaxSquaredError: LossKernel;
  softmaxCrossEntropy: LossKernel;
  sigmoidFocal(
    inputs: Pointer,
    targets: Pointer,
    gradient: Pointer,
    stride: number,
    rows: number,
    size: number,
    scale: number,
    gamma: number,
  ): number;
  multiply(x: Pointer, y: Pointer, count: number): void;
  scale(x: Pointer, factor: number, count: number): void;
  adamStep(
    parameters: Pointer,
    gradients: Pointer,
    means: Pointer,
    squares: Pointer,
    count: number,
    step: number,
    rootFactor: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  rbfRow(
    numbers: Pointer,
    numberCount: number,
    words: Pointer,
    wordCount: number,
    query: Pointer,
    queryWords: Pointer,
    firstGroup: number,
    endGroup: number,
    numberFactor: number,
    bitFactor: number,
    result: Pointer,
  ): void;
  linearRow(
    numbers: Pointer,
    numberCount: number,
    query: Pointer,
    firstGroup: number,
    endGroup: number,
    result: Pointer,
  ): void;
  addPairs(histogram: Pointer, words: Pointer, rowBytes: number, rows: Pointer, pairs: Pointer, count: number): void;
  nearestRows(
    numbers: Pointer,
    numberCount: number,
    codes: Pointer,
    codeCount: number,
    firstGroup: number,
    endGroup: number,
    rows: number,
    queries: Pointer,
    queryCodes: Pointer,
    queryCount: number,
    excluded: number,
    mismatch: number,
    growth: number,
    underflow: number,
    best: Pointer,
    indices: Pointer,
    limits: Pointer,
    k: number,
  ): void;
}

export type Pointer = number;

type HeadKernel = (at: Pointer, stride: number, rows: number, size: number) => void;

type LossKernel = (
  inputs: Pointer,
  targets: Pointer,
  gradient: Pointer,
  stride: number,
  rows: number,
  size: number,
  scale: number,
) => number;

let compiled: WebAssembly.Module | undefined;

/** A new instance with a memory of its own. The binary is compiled once, when first needed. */
export function instantiateKernels(): KernelExports {
  compiled ??= new WebAssembly.Module(decodeBase64(KERNELS_BASE64, 'kernels'));
  return new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
}
