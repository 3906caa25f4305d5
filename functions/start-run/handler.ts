import { openStore } from '../../storage/open-store.ts';
import { functionDefaults, requiredVariable } from '../environment.ts';
import { instrument } from '../handler.ts';
import { startRun } from './start-run.ts';
import { stepFunctions } from './step-functions.ts';

const context = {
  store: openStore(),
  defaults: functionDefaults(),
  startExecution: stepFunctions(requiredVariable('stateMachine')),
};

export const handler = instrument('StartRun', async (event, { logger }) => {
  const result = await startRun(event, context);
  logger.info('upload', { ...result });
  return result;
});
