import { describe, expect, it } from 'vitest';
import { ANNOUNCEMENT_STATES, CONTROL_STATES, HAPPY_PATH, STATES } from '../../contracts/states.ts';
import { DEFINITION, outline, withoutTimeLimits } from '../../local/definition.ts';

describe('outline', () => {
  it('is the way of a run that goes well, with the two branches side by side', () => {
    expect(outline(DEFINITION)).toEqual([
      STATES.resolveRequest,
      STATES.prepareDataset,
      { branches: [[STATES.trainGenerator, STATES.generateRows], [STATES.trainDiscriminator]] },
      STATES.selectRows,
      STATES.mergeRows,
      STATES.undersampleMajority,
      STATES.evaluateResult,
      STATES.publishDataset,
    ]);
    const flat = outline(DEFINITION).flatMap((item) => (typeof item === 'string' ? [item] : item.branches.flat()));
    expect(flat).toEqual(HAPPY_PATH);
  });
});

describe('withoutTimeLimits', () => {
  it('gives every task a day, in branches too, and changes nothing else', () => {
    const day = 24 * 60 * 60;
    const unlimited = withoutTimeLimits(DEFINITION);
    expect(unlimited).not.toHaveProperty('TimeoutSeconds');
    const both = unlimited.States[CONTROL_STATES.trainBoth];
    const branches = both.Type === 'Parallel' ? both.Branches : [];
    const tasks = [unlimited, ...branches]
      .flatMap(({ States }) => Object.values(States))
      .filter(({ Type }) => Type === 'Task');
    expect(tasks).toHaveLength(Object.keys({ ...STATES, ...ANNOUNCEMENT_STATES }).length);
    for (const task of tasks) expect(task).toHaveProperty('TimeoutSeconds', day);

    const rest = (machine: unknown) =>
      JSON.stringify(machine, (key, value) => (key === 'TimeoutSeconds' ? undefined : value));
    expect(rest(unlimited)).toBe(rest(DEFINITION));
  });
});
