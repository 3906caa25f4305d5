/** The names of the workflow's states, in the order of a run. The folders of functions/ carry them in kebab-case. */
export const STATES = {
  resolveRequest: 'ResolveRequest',
  prepareDataset: 'PrepareDataset',
  trainGenerator: 'TrainGenerator',
  generateRows: 'GenerateRows',
  trainDiscriminator: 'TrainDiscriminator',
  selectRows: 'SelectRows',
  mergeRows: 'MergeRows',
  undersampleMajority: 'UndersampleMajority',
  planComparison: 'PlanComparison',
  evaluateFold: 'EvaluateFold',
  fitModel: 'FitModel',
  evaluateResult: 'EvaluateResult',
  writeReport: 'WriteReport',
  publishDataset: 'PublishDataset',
  recordFailure: 'RecordFailure',
} as const;

export type StateName = (typeof STATES)[keyof typeof STATES];

/** The states of a run that goes well, in order; the two branches of lines 1 to 3 one after the other. */
export const HAPPY_PATH: readonly StateName[] = Object.values(STATES).filter((name) => name !== STATES.recordFailure);

/** Of a run that goes well, the one that runs any number of times, none included: inside of the Map over the folds. */
export const MAPPED_STATE = STATES.evaluateFold;

/** States that do no work of their own: branches side by side, the folds, the output in short, the end of a run that failed. */
export const CONTROL_STATES = {
  trainBoth: 'TrainGeneratorAndDiscriminator',
  compareStrategies: 'CompareStrategies',
  describeResult: 'DescribeResult',
  runFailed: 'RunFailed',
} as const;

/**
 * Tasks that Step Functions does itself: they put an event onto EventBridge, and have neither function nor folder. A runner
 * on a computer, where there is no event bus, binds them to a handler that does nothing.
 */
export const ANNOUNCEMENT_STATES = { announceResult: 'AnnounceResult', announceFailure: 'AnnounceFailure' } as const;

/** `TrainGenerator` -> `train-generator`: the folder of a step in functions/ and of its artifacts in a run. */
export function stepFolder(state: string): string {
  return state.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
