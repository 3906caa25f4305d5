import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { progress } from './progress.ts';

const page = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

/** Processes that kept the machine busy before the benchmarks did: far above 0, the figures are worth little. */
const busyAtStart = loadavg()[0].toFixed(1);

/** The machine, what it runs, and how busy it was, as one sentence; nothing that names or locates it. */
export function describeMachine(libraries: readonly string[]): string {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  const hardware = `${cpus()[0].model.trim()}, ${availableParallelism()} threads, ${gigabytes} GiB of memory`;
  const software = [`${process.platform} ${process.arch}`, `Node ${process.versions.node}`, ...libraries].join(', ');
  return `Measured on: ${hardware}; ${software}; load average ${busyAtStart} at the start.`;
}

/** Prints the measured block, and puts it between its marks in docs/performance.md where that is asked for. */
export function report(name: string, markdown: string, write: boolean): void {
  console.log(`\n${markdown}\n`);
  if (!write) return;
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/performance.md: found no block from ${begin} to ${end}`);
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n\n${markdown}\n\n${text.slice(to)}`);
  progress('wrote docs/performance.md');
}
