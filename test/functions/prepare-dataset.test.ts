import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveStart } from '../../contracts/start-event.ts';
import { STATES } from '../../contracts/states.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { invokeStep } from '../../functions/step.ts';
import { STEPS } from '../../functions/steps.ts';
import { openStore } from '../../storage/open-store.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-prepare-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('measures the usable rows as a learner takes them, in single precision: by that, where the next steps run is decided', async () => {
  // One row in a hundred has a gap, and is left out; a number and two levels more than one are three columns.
  const rows = Array.from({ length: 300 }, (_, n) =>
    [n % 100 === 0 ? '' : `${(n * 7) % 50}.5`, ['a', 'b', 'c'][n % 3], n % 8 ? 'no' : 'yes'].join(),
  );
  writeFileSync(join(folder, 'table.csv'), `amount,kind,fraud\n${rows.join('\n')}\n`);
  const request = resolveStart({
    dataset: { uri: pathToFileURL(join(folder, 'table.csv')).href },
    missing: { treatment: 'complete-case' },
    output: { uri: pathToFileURL(join(folder, 'out')).href },
  });
  const payload = { execution: { id: 'run-1', startedAt: '2026-01-01T00:00:00Z' }, request };
  const context = { store: openStore() };
  const prepared = (await invokeStep(STEPS[STATES.prepareDataset], payload, context, () => 0)) as Workflow['prepared'];
  expect(prepared.encodedAttributes).toBe(1 + (3 - 1));
  expect(prepared.encodedBytes).toBe((300 - 3) * (1 + (3 - 1)) * 4);
});
