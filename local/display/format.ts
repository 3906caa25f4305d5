import { displayWidth } from './safe-text.ts';

/** `412 ms`, `1.2 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** `0.123`, or a dash where a score is not defined. */
export function formatScore(score: number | null): string {
  return score === null ? '-' : score.toFixed(3);
}

const FULL = '█';
const EMPTY = '░';

/** A bar of `width` columns, `share` (0 to 1) of it full. */
export function progressBar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return FULL.repeat(full) + EMPTY.repeat(width - full);
}

/** Breaks `text` between words into lines of at most `width` columns; a longer word gets a line of its own. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && displayWidth(line) + 1 + displayWidth(word) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
