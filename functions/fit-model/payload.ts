import { type Workflow, workflowSchema } from '../../contracts/workflow.ts';

export const payload = workflowSchema.pick({
  execution: true,
  request: true,
  prepared: true,
  generated: true,
  planned: true,
});
export type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared' | 'generated' | 'planned'>;
