/**
 * Compiles core/kernels/assembly to WebAssembly and writes it, as base64 in a module, to core/kernels/kernels.wasm.ts, so
 * that core reads no file and the bundles need no extra asset. Run as `node scripts/build-kernels.ts` after every change
 * there; a test holds the committed module against the sources.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const SOURCES = fileURLToPath(new URL('../core/kernels/assembly', import.meta.url));
const MODULE = fileURLToPath(new URL('../core/kernels/kernels.wasm.ts', import.meta.url));

// Fixed-width SIMD only: the results of relaxed SIMD differ between processors.
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** The binary that the sources compile to. */
export async function compileKernels(): Promise<Uint8Array> {
  const outputs = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main(
    ['index.ts', '--baseDir', SOURCES, '--outFile', 'kernels.wasm', ...OPTIONS],
    {
      writeFile: (name: string, contents: string | Uint8Array) => void outputs.set(name, contents),
    },
  );
  const binary = outputs.get('kernels.wasm');
  if (error || !(binary instanceof Uint8Array)) {
    throw new Error(`${SOURCES} does not compile:\n${stderr.toString()}`, { cause: error });
  }
  return binary;
}

/** The text of the generated module. */
export function kernelsModule(binary: Uint8Array): string {
  return [
    '// Generated from core/kernels/assembly by `node scripts/build-kernels.ts`. Do not edit.',
    '',
    `export const KERNELS_BASE64 =\n  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
}

if (import.meta.main) await writeFile(MODULE, kernelsModule(await compileKernels()));
