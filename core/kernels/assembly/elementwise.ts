// Number by number, padding included; `count` is a multiple of 4.

/** x = x y */
export function multiply(x: usize, y: usize, count: i32): void {
  for (let offset: usize = 0; offset < (<usize>count) << 2; offset += 16) {
    v128.store(x + offset, f32x4.mul(v128.load(x + offset), v128.load(y + offset)));
  }
}

/** x = factor x */
export function scale(x: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  for (let offset: usize = 0; offset < (<usize>count) << 2; offset += 16) {
    v128.store(x + offset, f32x4.mul(v128.load(x + offset), factors));
  }
}
