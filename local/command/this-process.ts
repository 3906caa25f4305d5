import type { StepRunner } from '../workers/step-runner.ts';
import { WorkerStepRunner } from '../workers/worker-step-runner.ts';
import { systemClock } from './clock.ts';
import { EXIT } from './exit-codes.ts';

/** Runs the command line of this process, and ends the process. */
export async function runThisProcess(): Promise<void> {
  const args = process.argv.slice(2);
  ignoreClosedPipes();
  // The worker loads the steps while this process reads the command line.
  let steps: StepRunner | undefined = worksElsewhere(args) ? undefined : new WorkerStepRunner();
  const { runCli } = await import('./cli.ts');
  const code = await runCli(args, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    signals: process,
    exit: (now) => process.exit(now),
    steps: () => {
      steps ??= new WorkerStepRunner();
      return steps;
    },
  });
  await steps?.close();
  // Timers of branches that were given up would keep the process waiting.
  process.exit(code);
}

/** What needs no step run here: help, the commands for a deployed stack, and those that look at a table or use a model. */
function worksElsewhere(args: readonly string[]): boolean {
  if (['advise', 'batch', 'score', 'start', 'status'].includes(args[0])) return true;
  return args.some((arg) => ['-h', '--help', '-V', '--version', 'help'].includes(arg));
}

/** `| head` closes the pipe when it has seen enough. The run goes on: its outputs are what was asked for. */
function ignoreClosedPipes(): void {
  const listener = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`Cannot write the output: ${error.message}\n`);
    process.exit(EXIT.runFailed);
  };
  process.stdout.on('error', listener);
  process.stderr.on('error', () => {});
}
