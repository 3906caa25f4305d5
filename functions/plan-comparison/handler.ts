import { createHandler } from '../handler.ts';
import { step } from './step.ts';

export const handler = createHandler(step);
