/** What the process tells its caller. The help text documents them. */
export const EXIT = { ok: 0, runFailed: 1, wrongUsage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
