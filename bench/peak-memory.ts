import { readdirSync, readFileSync } from 'node:fs';

const INTERVAL_MILLISECONDS = 10;
const KIBIBYTE = 1024;

/** Watches a process and all that it starts. */
export interface PeakMemoryWatch {
  /**
   * Ends the watch.
   *
   * @returns the high-water marks of resident memory of all the processes, added up, in bytes: at least what they held together
   * at any moment. Undefined where there is no /proc to read them from.
   */
  stop(): number | undefined;
}

/**
 * Reads the marks again and again from Linux's /proc while the processes live. What `getrusage` and `time -v` report is not it:
 * they give the largest process alone, and count to a child what its parent held when it forked.
 */
export function watchPeakMemory(pid: number): PeakMemoryWatch {
  const marks = new Map<number, number>();
  // The last mark of a process counts, not its largest: until it has loaded its program it shows its parent's.
  const look = () => {
    for (const process of withDescendants(pid)) {
      const mark = highWaterMark(process);
      if (mark !== undefined) marks.set(process, mark);
    }
  };
  const timer = setInterval(look, INTERVAL_MILLISECONDS);
  return {
    stop() {
      clearInterval(timer);
      return marks.size === 0 ? undefined : [...marks.values()].reduce((sum, mark) => sum + mark, 0);
    },
  };
}

function withDescendants(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => {
    const text = readIfThere(`/proc/${pid}/task/${thread}/children`) ?? '';
    return text.split(' ').filter(Boolean).map(Number);
  });
  return [pid, ...children.flatMap(withDescendants)];
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** In bytes; undefined once the process has ended. */
function highWaterMark(pid: number): number | undefined {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${pid}/status`) ?? '');
  return found === null ? undefined : Number(found[1]) * KIBIBYTE;
}

/** Processes end at any time, and their files with them. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
