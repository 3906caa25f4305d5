#!/usr/bin/env node
import module from 'node:module';

/** `import.meta.dirname`, `styleText` with a stream, `module.enableCompileCache`. */
const NEEDED_NODE = 22;

if (Number.parseInt(process.versions.node, 10) < NEEDED_NODE) {
  process.stderr.write(`Counterpoise needs Node.js ${NEEDED_NODE} or later; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  // Before anything else is loaded: what the cache holds need not be stripped of its types and compiled again.
  module.enableCompileCache();
  if (import.meta.url.endsWith('.ts')) (await import('./run/skip-unused-imports.ts')).skipUnusedImports();
  const { runThisProcess } = await import('./command/this-process.ts');
  await runThisProcess();
}
