import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { CommandContext } from '../../../local/command/command-context.ts';
import { inProcessStepRunner, type Steps } from '../../../local/workers/step-runner.ts';
import { openStore } from '../../../storage/open-store.ts';
import { fakeClock } from './fake-clock.ts';
import { fakeSteps } from './fake-steps.ts';

/** A world for commands: what they write is kept, what they listen to can be emitted. */
export interface FakeContext extends CommandContext {
  readonly signals: EventEmitter;
  readonly exits: number[];
  readonly clock: ReturnType<typeof fakeClock>;
  out(): string;
  err(): string;
}

export function fakeContext(cwd: string, steps: Steps = fakeSteps(), env: Record<string, string> = {}): FakeContext {
  const [out, err] = [capture(), capture()];
  const exits: number[] = [];
  return {
    stdout: out.stream,
    stderr: err.stream,
    env,
    cwd,
    clock: fakeClock(),
    signals: new EventEmitter(),
    exits,
    exit: (code) => void exits.push(code),
    steps: () => inProcessStepRunner({ steps, store: openStore() }),
    retryDelayMs: 0,
    out: out.text,
    err: err.text,
  };
}

function capture() {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => chunks.join('') };
}
