import module from 'node:module';

// As in step-worker.ts; every thread has to ask for itself.
module.enableCompileCache();

const { serveSteps, threadLine } = await import('./serve-steps.ts');
const steps = loadEvaluateFold();
serveSteps(threadLine(), steps);
await steps.then(
  () => module.flushCompileCache(),
  () => undefined,
);

/** The one step that threads run, and no other: they are started when it is wanted, and DuckDB has no place in them. */
async function loadEvaluateFold() {
  const [{ step }, { openStore }, { inProcessStepRunner }] = await Promise.all([
    import('../../functions/evaluate-fold/step.ts'),
    import('../../storage/open-store.ts'),
    import('./step-runner.ts'),
  ]);
  return inProcessStepRunner({ steps: { [step.state]: step }, store: openStore() });
}
