import { expNonPositiveScalar, sigmoidScalar } from './exponential';

/**
 * Focal loss of p = sigmoid(x): -t (1 - p)^gamma log p - (1 - t) p^gamma log(1 - p), the convention of losses.ts for
 * arguments and result. With m = -log p and n = -log(1 - p), the powers are p^gamma = exp(-gamma m) and
 * (1 - p)^gamma = exp(-gamma n), and the slope is (1 - t) p^gamma (p + gamma (1 - p) n) - t (1 - p)^gamma (1 - p + gamma p m).
 */
export function sigmoidFocal(
  inputs: usize,
  targets: usize,
  gradient: usize,
  stride: usize,
  rows: i32,
  size: i32,
  scale: f32,
  gamma: f32,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < <usize>size; j++) {
      const x = load<f32>(inputs + (j << 2));
      const t = load<f32>(targets + (j << 2));
      const p = sigmoidScalar(x);
      const rest = sigmoidScalar(-x);
      const tail = Mathf.log1p(expNonPositiveScalar(-abs(x)));
      const m = max(-x, 0) + tail;
      const n = max(x, 0) + tail;
      const positive = t * expNonPositiveScalar(-gamma * n);
      const negative = (<f32>1 - t) * expNonPositiveScalar(-gamma * m);
      sum += positive * m + negative * n;
      const slope = negative * (p + gamma * rest * n) - positive * (rest + gamma * p * m);
      store<f32>(gradient + (j << 2), scale * slope);
    }
    total += sum;
    inputs += stride << 2;
    targets += stride << 2;
    gradient += stride << 2;
  }
  return total;
}
