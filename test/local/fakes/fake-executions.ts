import type { Executions, HistoryEvent } from '../../../local/deployed/executions.ts';

export const MACHINE_ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:Rebalance';
export const EXECUTION_ARN = 'arn:aws:states:eu-central-1:123456789012:execution:Rebalance:cards-1';

const START = Date.UTC(2025, 0, 2, 3, 4, 5);

type Happening = Omit<Partial<HistoryEvent>, 'id' | 'time'> & { readonly type: string; readonly at?: number };

/** A history: events numbered from 1, each led to by the one before where nothing else is said, `at` in seconds. */
export function historyOf(...happenings: readonly Happening[]): HistoryEvent[] {
  return happenings.map(({ at = 0, ...event }, index) => ({
    previousId: index,
    ...event,
    id: index + 1,
    time: new Date(START + at * 1000),
  }));
}

export const entered = (name: string, more: Partial<Happening> = {}): Happening => ({
  type: 'TaskStateEntered',
  name,
  ...more,
});
export const exited = (name: string, more: Partial<Happening> = {}): Happening => ({
  type: 'TaskStateExited',
  name,
  ...more,
});

export interface FakeExecutions extends Executions {
  readonly started: { readonly machine: string; readonly name: string; readonly input: object }[];
  /** how many pages were asked for */
  pages: number;
}

/**
 * Step Functions whose history grows with every look: `looks[i]` is as many events as can be seen at look i, and after
 * the last all of them.
 */
export function fakeExecutions(
  events: readonly HistoryEvent[],
  { looks = [], pageSize = 1000 }: { readonly looks?: readonly number[]; readonly pageSize?: number } = {},
): FakeExecutions {
  let look = 0;
  let visible: readonly HistoryEvent[] = [];
  const fake: FakeExecutions = {
    started: [],
    pages: 0,
    async start(machine, name, input) {
      fake.started.push({ machine, name, input });
      return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    },
    async history(_arn, token) {
      fake.pages++;
      if (token === undefined) visible = events.slice(0, looks[look++]).reverse();
      const from = Number(token ?? 0);
      const rest = from + pageSize < visible.length ? { nextToken: String(from + pageSize) } : {};
      return { events: visible.slice(from, from + pageSize), ...rest };
    },
  };
  return fake;
}
