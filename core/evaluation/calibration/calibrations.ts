/** The ways to make probabilities of scores, as models, comparisons and reports name them; `none`: as the learner gives them. */
export const CALIBRATIONS = ['none', 'prior-corrected', 'platt', 'isotonic'] as const;
export type Calibration = (typeof CALIBRATIONS)[number];
