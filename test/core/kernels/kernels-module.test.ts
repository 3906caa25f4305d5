import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileKernels, kernelsModule } from '../../../scripts/build-kernels.ts';

describe('kernels.wasm.ts', () => {
  it('is what the sources in core/kernels/assembly compile to', async () => {
    const committed = await readFile(new URL('../../../core/kernels/kernels.wasm.ts', import.meta.url), 'utf8');
    const built = kernelsModule(await compileKernels());
    expect(committed === built, 'run `node scripts/build-kernels.ts` and commit core/kernels/kernels.wasm.ts').toBe(
      true,
    );
  }, 60_000);
});
