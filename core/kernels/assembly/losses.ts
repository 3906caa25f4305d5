// Losses of one head over a batch: each returns the sum over rows and columns, and writes the gradient of `scale` times that
// sum with respect to the head's inputs (the last layer's weighted sums). `inputs`, `targets` and `gradient` point to the
// head's first column of the first row and share `stride`. Rows are summed in single precision, the batch in double.
import { expNonPositiveScalar, sigmoid, sigmoidScalar } from './exponential';
import { rowMaximum, softmaxRow } from './heads';

/** Squared error of the inputs as they are. */
export function linearSquaredError(
  inputs: usize,
  targets: usize,
  gradient: usize,
  stride: usize,
  rows: i32,
  size: i32,
  scale: f32,
): f64 {
  const twice = f32x4.splat(scale * 2);
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    let lanes = f32x4.splat(0);
    let j = 0;
    for (; j + 4 <= size; j += 4) {
      const offset = (<usize>j) << 2;
      const error = f32x4.sub(v128.load(inputs + offset), v128.load(targets + offset));
      lanes = f32x4.add(lanes, f32x4.mul(error, error));
      v128.store(gradient + offset, f32x4.mul(error, twice));
    }
    let sum = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
    sum += f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3);
    for (; j < size; j++) {
      const offset = (<usize>j) << 2;
      const error = load<f32>(inputs + offset) - load<f32>(targets + offset);
      sum += error * error;
      store<f32>(gradient + offset, error * (scale * 2));
    }
    total += sum;
    inputs += stride << 2;
    targets += stride << 2;
    gradient += stride << 2;
  }
  return total;
}

/** Squared error of p = sigmoid(x); the slope is 2 (p - t) p (1 - p). */
export function sigmoidSquaredError(
  inputs: usize,
  targets: usize,
  gradient: usize,
  stride: usize,
  rows: i32,
  size: i32,
  scale: f32,
): f64 {
  const one = f32x4.splat(1);
  const twice = f32x4.splat(scale * 2);
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    let lanes = f32x4.splat(0);
    let j = 0;
    for (; j + 4 <= size; j += 4) {
      const offset = (<usize>j) << 2;
      const p = sigmoid(v128.load(inputs + offset));
      const error = f32x4.sub(p, v128.load(targets + offset));
      lanes = f32x4.add(lanes, f32x4.mul(error, error));
      v128.store(gradient + offset, f32x4.mul(f32x4.mul(f32x4.mul(twice, error), p), f32x4.sub(one, p)));
    }
    let sum = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
    sum += f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3);
    for (; j < size; j++) {
      const offset = (<usize>j) << 2;
      const p = sigmoidScalar(load<f32>(inputs + offset));
      const error = p - load<f32>(targets + offset);
      sum += error * error;
      store<f32>(gradient + offset, scale * 2 * error * p * (<f32>1 - p));
    }
    total += sum;
    inputs += stride << 2;
    targets += stride << 2;
    gradient += stride << 2;
  }
  return total;
}

/** -t log p - (1 - t) log(1 - p) of p = sigmoid(x), computed as max(x, 0) - t x + log(1 + exp(-|x|)); the slope is p - t. */
export function sigmoidCrossEntropy(
  inputs: usize,
  targets: usize,
  gradient: usize,
  stride: usize,
  rows: i32,
  size: i32,
  scale: f32,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < <usize>size; j++) {
      const x = load<f32>(inputs + (j << 2));
      const target = load<f32>(targets + (j << 2));
      sum += max(x, 0) - target * x + Mathf.log1p(expNonPositiveScalar(-abs(x)));
      store<f32>(gradient + (j << 2), scale * (sigmoidScalar(x) - target));
    }
    total += sum;
    inputs += stride << 2;
    targets += stride << 2;
    gradient += stride << 2;
  }
  return total;
}

/** Squared error of p = softmax(x); with g = 2 (p - t), the slope is p_j (g_j - sum over k of g_k p_k). */
export function softmaxSquaredError(
  inputs: usize,
  targets: usize,
  gradient: usize,
  stride: usize,
  rows: i32,
  size: i32,
  scale: f32,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    softmaxRow(inputs, gradient, size);
    let sum: f32 = 0;
    let weighted: f32 = 0;
    for (let j: usize = 0; j < <usize>size; j++) {
      const p = load<f32>(gradient + (j << 2));
      const error = p - load<f32>(targets + (j << 2));
      sum += error * error;
      weighted += error * p;
    }
    for (let j: usize = 0; j < <usize>size; j++) {
      const p = load<f32>(gradient + (j << 2));
      const error = p - load<f32>(targets + (j << 2));
      store<f32>(gradient + (j << 2), scale * 2 * p * (error - weighted));
    }
    total += sum;
    inputs += stride << 2;
    targets += stride << 2;
    gradient += stride << 2;
  }
  return total;
}

/** -sum of t_j log p_j of p = softmax(x), computed from x; the slope is p_j - t_j, where the targets sum to 1. */
export function softmaxCrossEntropy(
  inputs: usize,
  targets: usize,
  gradient: usize,
  stride: usize,
  rows: i32,
  size: i32,
  scale: f32,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const maximum = rowMaximum(inputs, size);
    const logSum = Mathf.log(softmaxRow(inputs, gradient, size));
    let sum: f32 = 0;
    for (let j: usize = 0; j < <usize>size; j++) {
      const target = load<f32>(targets + (j << 2));
      sum += target * (logSum - (load<f32>(inputs + (j << 2)) - maximum));
      store<f32>(gradient + (j << 2), scale * (load<f32>(gradient + (j << 2)) - target));
    }
    total += sum;
    inputs += stride << 2;
    targets += stride << 2;
    gradient += stride << 2;
  }
  return total;
}
