// What turns the last layer's weighted sums into outputs, in place. `at` points to the head's first column of the first row.
import { expNonPositive, expNonPositiveScalar, sigmoid, sigmoidScalar } from './exponential';

/** exp(x_j) / sum over the head's columns, per row. */
export function softmaxOutputs(at: usize, stride: usize, rows: i32, size: i32): void {
  for (let i = 0; i < rows; i++) {
    softmaxRow(at, at, size);
    at += stride << 2;
  }
}

/** 1 / (1 + exp(-x)), column by column. */
export function sigmoidOutputs(at: usize, stride: usize, rows: i32, size: i32): void {
  for (let i = 0; i < rows; i++) {
    let j = 0;
    for (; j + 4 <= size; j += 4) {
      const cell = at + ((<usize>j) << 2);
      v128.store(cell, sigmoid(v128.load(cell)));
    }
    for (; j < size; j++) {
      const cell = at + ((<usize>j) << 2);
      store<f32>(cell, sigmoidScalar(load<f32>(cell)));
    }
    at += stride << 2;
  }
}

/**
 * Writes the softmax of `size` values at `from` to `to`, which may be the same place. Returns the sum of exp(x - maximum).
 */
export function softmaxRow(from: usize, to: usize, size: i32): f32 {
  const sum = exponentials(from, to, size, rowMaximum(from, size));
  const factor = <f32>1 / sum;
  for (let j: usize = 0; j < <usize>size; j++) {
    const cell = to + (j << 2);
    store<f32>(cell, load<f32>(cell) * factor);
  }
  return sum;
}

export function rowMaximum(from: usize, size: i32): f32 {
  let maximum = load<f32>(from);
  for (let j: usize = 1; j < <usize>size; j++) {
    maximum = max(maximum, load<f32>(from + (j << 2)));
  }
  return maximum;
}

/** to = exp(from - maximum); returns the sum, in the order of the columns. */
function exponentials(from: usize, to: usize, size: i32, maximum: f32): f32 {
  const shift = f32x4.splat(maximum);
  let sum: f32 = 0;
  let j = 0;
  for (; j + 4 <= size; j += 4) {
    const offset = (<usize>j) << 2;
    const lanes = expNonPositive(f32x4.sub(v128.load(from + offset), shift));
    v128.store(to + offset, lanes);
    sum += f32x4.extract_lane(lanes, 0);
    sum += f32x4.extract_lane(lanes, 1);
    sum += f32x4.extract_lane(lanes, 2);
    sum += f32x4.extract_lane(lanes, 3);
  }
  for (; j < size; j++) {
    const offset = (<usize>j) << 2;
    const value = expNonPositiveScalar(load<f32>(from + offset) - maximum);
    store<f32>(to + offset, value);
    sum += value;
  }
  return sum;
}
