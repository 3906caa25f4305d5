import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { watchPeakMemory } from './peak-memory.ts';

/** What a process took, from start to exit. */
export interface Taken {
  readonly seconds: number;
  /** of the process and all that it starts, in bytes; undefined where there is no /proc to read it from */
  readonly peakBytes: number | undefined;
}

/** Runs a program to its end. @throws Error where it fails, with what it complained of */
export async function runToEnd(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Taken> {
  const start = performance.now();
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  const complaints = text(child.stderr);
  await once(child, 'spawn');
  const memory = watchPeakMemory(child.pid!);
  const [status] = await exited;
  const seconds = (performance.now() - start) / 1000;
  const peakBytes = memory.stop();
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${await complaints}`);
  return { seconds, peakBytes };
}
