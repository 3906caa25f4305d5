import { describe, expect, it } from 'vitest';
import { ANNOUNCEMENT_STATES, CONTROL_STATES, HAPPY_PATH, STATES } from '../../../contracts/states.ts';
import { DEFINITION, outline, withoutItemLimits, withoutTimeLimits } from '../../../local/run/definition.ts';

describe('outline', () => {
  it('is the way of a run that goes well, the two branches side by side, and what a Map does in its place', () => {
    expect(outline(DEFINITION)).toEqual([
      STATES.resolveRequest,
      STATES.prepareDataset,
      { branches: [[STATES.trainGenerator, STATES.generateRows], [STATES.trainDiscriminator]] },
      STATES.selectRows,
      STATES.mergeRows,
      STATES.undersampleMajority,
      STATES.planComparison,
      STATES.evaluateFold,
      STATES.fitModel,
      STATES.evaluateResult,
      STATES.writeReport,
      STATES.publishDataset,
    ]);
    const flat = outline(DEFINITION).flatMap((item) => (typeof item === 'string' ? [item] : item.branches.flat()));
    expect(flat).toEqual(HAPPY_PATH);
  });

  it('knows a Map by its older spelling, too', () => {
    const inside = { StartAt: STATES.evaluateFold, States: { [STATES.evaluateFold]: TASK } };
    const map = { Type: 'Map', End: true, Iterator: inside } as const;
    expect(outline({ StartAt: 'Each', States: { Each: map } })).toEqual([STATES.evaluateFold]);
  });
});

const TASK = { Type: 'Task', Resource: 'arn:aws:lambda:::function:f', End: true } as const;

/** Every state, those inside of others too. */
function statesOf({ States }: Pick<typeof DEFINITION, 'States'>): [string, (typeof DEFINITION)['States'][string]][] {
  return Object.entries(States).flatMap(([name, state]) => {
    const inside =
      state.Type === 'Parallel'
        ? state.Branches
        : state.Type === 'Map' && state.ItemProcessor
          ? [state.ItemProcessor]
          : [];
    return [[name, state], ...inside.flatMap(statesOf)];
  });
}

/** The definition as text, without what is under `key`. */
function textWithout(key: string, machine: unknown): string {
  return JSON.stringify(machine, (name, value) => (name === key ? undefined : value));
}

describe('withoutTimeLimits', () => {
  it('gives every task twenty days, in branches and Maps too, and changes nothing else', () => {
    const twentyDays = 20 * 24 * 60 * 60;
    const unlimited = withoutTimeLimits(DEFINITION);
    expect(unlimited).not.toHaveProperty('TimeoutSeconds');
    const tasks = statesOf(unlimited).filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name]) => name).toSorted()).toEqual(
      Object.values({ ...STATES, ...ANNOUNCEMENT_STATES }).toSorted(),
    );
    for (const [, task] of tasks) expect(task).toHaveProperty('TimeoutSeconds', twentyDays);
    expect(textWithout('TimeoutSeconds', unlimited)).toBe(textWithout('TimeoutSeconds', DEFINITION));
  });
});

describe('withoutItemLimits', () => {
  it('lets every item of the Map begin, and changes nothing else', () => {
    const machine = withoutItemLimits(DEFINITION);
    const maps = statesOf(machine).filter(([, { Type }]) => Type === 'Map');
    expect(maps.map(([name]) => name)).toEqual([CONTROL_STATES.compareStrategies]);
    expect(maps[0][1]).toHaveProperty('MaxConcurrency', Number.POSITIVE_INFINITY);
    expect(textWithout('MaxConcurrency', machine)).toBe(textWithout('MaxConcurrency', DEFINITION));
  });
});
