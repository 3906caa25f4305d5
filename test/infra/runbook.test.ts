import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as contractErrors from '../../contracts/errors.ts';
import { StoreRefusedError } from '../../contracts/errors.ts';
import { NO_CONTAINER_ROOM_ERRORS, NO_ROOM_ERRORS } from '../../contracts/retries.ts';
import { STATES } from '../../contracts/states.ts';
import * as coreErrors from '../../core/errors.ts';
import { OUTGREW_LAMBDA } from '../../infra/step-compute.ts';
import { executionTimeout, STEP_SIZES } from '../../infra/step-sizes.ts';
import { ofType, synthesizeStack } from './synthesize.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const runbook = read('runbook.md');

describe('the runbook', () => {
  const { NamedError: _, ...core } = coreErrors;

  it.each([...Object.keys(contractErrors), ...Object.keys(core), ...NO_ROOM_ERRORS, ...NO_CONTAINER_ROOM_ERRORS])(
    'says what to do about %s',
    (name) => {
      expect(runbook).toContain(`\`${name}\``);
    },
  );

  it('sends each error that ends a function too early to where a larger table is dealt with', () => {
    const row = runbook.split('\n').find((line) => line.includes('see [a run timed out](#a-run-timed-out)'));
    const ended = OUTGREW_LAMBDA.filter((name) => name !== StoreRefusedError.name);
    expect([...row!.split(' | ')[0].matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort()).toEqual(ended.toSorted());
  });

  it('finds StartRun by the description that its function has', () => {
    const [, description] = /Description=='([^']+)'/.exec(runbook)!;
    const functions = Object.values(ofType(synthesizeStack().resources, 'AWS::Lambda::Function'));
    expect(functions.filter(({ Properties }) => Properties.Description === description)).toHaveLength(1);
  });

  it('knows how long the state machine waits for a run', () => {
    const hours = Math.round((executionTimeout().toSeconds() / 3600) * 2) / 2;
    expect(hours).toBe(29.5);
    expect(runbook).toContain('29 and a half hours');
  });
});

describe('docs/architecture.md', () => {
  it.each(Object.values(STATES))('says what %s reads, adds and writes', (state) => {
    expect(read('architecture.md')).toMatch(new RegExp(`^\\| \`${state}\`.* \\| .* \\| .* \\|$`, 'm'));
  });
});

describe('docs/deploying.md', () => {
  const given = read('deploying.md').split('## What each function is given')[1];
  const measured = Object.values(STATES).filter(
    (state) => state !== STATES.resolveRequest && state !== STATES.recordFailure,
  );

  it.each(measured)('has a measurement of %s, beside the memory that its function has', (state) => {
    const { memoryMiB } = STEP_SIZES[state];
    const row = given.split('\n').find((line) => line.startsWith(`| \`${state}\``));
    expect(row?.endsWith(`| ${memoryMiB.toLocaleString('en-US')} MB |`)).toBe(true);
    const peaks = [...(row?.matchAll(/ s, ([\d,]+) MiB/g) ?? [])].map(([, peak]) => Number(peak.replace(',', '')));
    expect(peaks).toHaveLength(4);
    // The last table is one that goes to containers.
    for (const peak of peaks.slice(0, -1)) expect(peak).toBeLessThan(memoryMiB / 2);
  });
});
