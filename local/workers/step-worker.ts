import module from 'node:module';

// Before anything else is loaded: what the cache holds need not be stripped of its types and compiled again.
module.enableCompileCache();

const { parentLine, serveSteps } = await import('./serve-steps.ts');
const steps = loadSteps();
serveSteps(parentLine(), steps);
await steps.then(
  // A worker does not live to the end at which the cache would be written by itself.
  () => module.flushCompileCache(),
  () => undefined,
);

async function loadSteps() {
  const [{ STEPS }, { openStore }, { inProcessStepRunner }, { ThreadedStepRunner }] = await Promise.all([
    import('../../functions/steps.ts'),
    import('../../storage/open-store.ts'),
    import('./step-runner.ts'),
    import('./threaded-step-runner.ts'),
  ]);
  return new ThreadedStepRunner(inProcessStepRunner({ steps: STEPS, store: openStore() }));
}
