import { z } from 'zod';
import { resolveStart } from '../../contracts/start-event.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({ execution: true }).extend({ start: z.unknown() });

type Resolved = Untimed<Pick<Workflow, 'execution' | 'request'>>;

/** Whatever started the run becomes one checked request with every default filled in. */
export const step: Step<z.output<typeof payload>, Resolved> = {
  state: STATES.resolveRequest,
  payload,
  async run({ execution, start }) {
    return { execution, request: resolveStart(start) };
  },
};
