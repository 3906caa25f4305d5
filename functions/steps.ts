import { STATES, type StateName } from '../contracts/states.ts';
import { step as evaluateFold } from './evaluate-fold/step.ts';
import { step as evaluateResult } from './evaluate-result/step.ts';
import { step as fitModel } from './fit-model/step.ts';
import { step as generateRows } from './generate-rows/step.ts';
import { step as mergeRows } from './merge-rows/step.ts';
import { step as planComparison } from './plan-comparison/step.ts';
import { step as prepareDataset } from './prepare-dataset/step.ts';
import { step as publishDataset } from './publish-dataset/step.ts';
import { step as recordFailure } from './record-failure/step.ts';
import { step as resolveRequest } from './resolve-request/step.ts';
import { step as selectRows } from './select-rows/step.ts';
import type { Step } from './step.ts';
import { step as trainDiscriminator } from './train-discriminator/step.ts';
import { step as trainGenerator } from './train-generator/step.ts';
import { step as undersampleMajority } from './undersample-majority/step.ts';
import { step as writeReport } from './write-report/step.ts';

/** Every state's step: what a runner that holds them all in one process binds to the definition. */
export const STEPS: Readonly<Record<StateName, Step<never, object>>> = {
  [STATES.resolveRequest]: resolveRequest,
  [STATES.prepareDataset]: prepareDataset,
  [STATES.trainGenerator]: trainGenerator,
  [STATES.generateRows]: generateRows,
  [STATES.trainDiscriminator]: trainDiscriminator,
  [STATES.selectRows]: selectRows,
  [STATES.mergeRows]: mergeRows,
  [STATES.undersampleMajority]: undersampleMajority,
  [STATES.planComparison]: planComparison,
  [STATES.evaluateFold]: evaluateFold,
  [STATES.fitModel]: fitModel,
  [STATES.evaluateResult]: evaluateResult,
  [STATES.writeReport]: writeReport,
  [STATES.publishDataset]: publishDataset,
  [STATES.recordFailure]: recordFailure,
} as Readonly<Record<StateName, Step<never, object>>>;
