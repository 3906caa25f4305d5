/** Tells the person at the terminal how far a benchmark is; standard output is for the results alone. */
export function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}
