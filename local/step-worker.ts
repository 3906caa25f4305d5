import module from 'node:module';

// Before anything else is loaded: what the cache holds need not be stripped of its types and compiled again.
module.enableCompileCache();

const { parentLine, serveSteps } = await import('./serve-steps.ts');
const source = loadSteps();
serveSteps(parentLine(), source);
await source.then(
  // A worker does not live to the end at which the cache would be written by itself.
  () => module.flushCompileCache(),
  () => undefined,
);

async function loadSteps() {
  const [{ STEPS }, { openStore }] = await Promise.all([
    import('../functions/steps.ts'),
    import('../storage/open-store.ts'),
  ]);
  return { steps: STEPS, store: openStore() };
}
