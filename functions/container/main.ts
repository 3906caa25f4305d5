import { WORK } from './start-worker.ts';

/**
 * A step in a container, for tables that outgrow a function: one task of Step Functions, then the end. The process that is
 * started keeps in touch with Step Functions; a second one of the same file does the work.
 */
if (process.argv[2] === WORK) await (await import('./work.ts')).work();
else process.exitCode = await (await import('./run-task.ts')).runTask();
