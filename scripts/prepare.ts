import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * After `npm ci` in a checkout, and last of all when npm packs it: the command line is bundled for `bin`, and the
 * pre-commit hook is set where there is a git repository to set it in.
 */
const project = fileURLToPath(new URL('..', import.meta.url));

await import('./build-cli.ts');
if (existsSync(`${project}/.git`) && !process.env.CI) {
  const hooks = spawnSync(process.execPath, ['node_modules/simple-git-hooks/cli.js'], {
    cwd: project,
    stdio: 'inherit',
  });
  process.exitCode = hooks.status ?? 1;
}
