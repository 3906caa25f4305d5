/**
 * Names of the streams of chance that strategies draw from. Strategies share them, so that under-sampling and Algorithm 1's
 * discriminator see the same rows, and differences between strategies are those of the strategies and not of the draws
 * (common random numbers). They are those of a run's own steps: on the same rows the same is trained.
 */
export const STREAMS = {
  trainGenerator: 'TrainGenerator',
  generateRows: 'GenerateRows',
  undersampleObserved: 'undersample-observed',
  oversampleObserved: 'oversample-observed',
  trainDiscriminator: 'TrainDiscriminator',
  undersampleMerged: 'UndersampleMajority',
  trainLearner: 'EvaluateResult',
} as const;

/** @param prefix of what draws, for example a fold; '' is the run itself */
export function streamOf(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}/${name}`;
}
