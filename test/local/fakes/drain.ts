/** More than anything takes that waits for nobody: the next step of a queue begins a turn after the one before has ended. */
const TURNS = 20;

/** Lets everything happen that waits for neither a timer nor the test: promises, and turns of the event loop. */
export async function drain(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
