/**
 * Preloaded into a measured Node (`node --import`): on exit writes the peak of its resident memory, in bytes, to the file that
 * BENCH_PEAK_MEMORY names. Linux counts what the parent held when it forked into the maximum that it reports to a parent, so
 * the process's own high-water mark is read where there is one.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const KIBIBYTE = 1024;

function peakMemoryBytes(): number {
  try {
    const highWater = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (highWater !== null) return Number(highWater[1]) * KIBIBYTE;
  } catch {
    // no /proc here: what the operating system reports will do
  }
  return process.resourceUsage().maxRSS * KIBIBYTE;
}

const file = process.env.BENCH_PEAK_MEMORY;
if (file !== undefined) process.on('exit', () => writeFileSync(file, String(peakMemoryBytes())));
