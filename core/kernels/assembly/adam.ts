/**
 * One step of Adam over `count` parameters (a multiple of 4), all of a network's at once:
 * m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, parameter -= step m / (sqrt(v) rootFactor + epsilon),
 * where the caller has folded the bias corrections into `step` and `rootFactor`. Means and squares that have
 * decayed to subnormal numbers become 0: they no longer move any parameter, and arithmetic on them is slow on many
 * processors. The weights behind a relu that has died would otherwise keep theirs forever.
 */
export function adamStep(
  parameters: usize,
  gradients: usize,
  means: usize,
  squares: usize,
  count: i32,
  step: f32,
  rootFactor: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const keepMean = f32x4.splat(beta1);
  const newMean = f32x4.splat(<f32>1 - beta1);
  const keepSquare = f32x4.splat(beta2);
  const newSquare = f32x4.splat(<f32>1 - beta2);
  const steps = f32x4.splat(step);
  const rootFactors = f32x4.splat(rootFactor);
  const epsilons = f32x4.splat(epsilon);
  for (let offset: usize = 0; offset < (<usize>count) << 2; offset += 16) {
    const gradient = v128.load(gradients + offset);
    const mean = flushSubnormals(
      f32x4.add(f32x4.mul(v128.load(means + offset), keepMean), f32x4.mul(gradient, newMean)),
    );
    const square = flushSubnormals(
      f32x4.add(
        f32x4.mul(v128.load(squares + offset), keepSquare),
        f32x4.mul(f32x4.mul(gradient, gradient), newSquare),
      ),
    );
    v128.store(means + offset, mean);
    v128.store(squares + offset, square);
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(square), rootFactors), epsilons);
    const change = f32x4.div(f32x4.mul(mean, steps), root);
    v128.store(parameters + offset, f32x4.sub(v128.load(parameters + offset), change));
  }
}

// @ts-ignore: decorator
@inline
function flushSubnormals(x: v128): v128 {
  return v128.and(x, f32x4.ge(f32x4.abs(x), f32x4.splat(f32.MIN_NORMAL_VALUE)));
}
