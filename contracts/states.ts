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
  evaluateResult: 'EvaluateResult',
  publishDataset: 'PublishDataset',
  recordFailure: 'RecordFailure',
} as const;

export type StateName = (typeof STATES)[keyof typeof STATES];

/** The states of a run that goes well, in order; the two branches of lines 1 to 3 one after the other. */
export const HAPPY_PATH: readonly StateName[] = Object.values(STATES).filter((name) => name !== STATES.recordFailure);

/** States that do no work of their own: the two branches side by side, and the end of a run that failed. */
export const CONTROL_STATES = { trainBoth: 'TrainGeneratorAndDiscriminator', runFailed: 'RunFailed' } as const;

/** `TrainGenerator` -> `train-generator`: the folder of a step in functions/ and of its artifacts in a run. */
export function stepFolder(state: StateName): string {
  return state.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
