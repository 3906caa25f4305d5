/** The ways to tell whether a row lies inside the domain of the training rows, as requests and reports name them. */
export const DOMAIN_METHODS = [
  'nearest-neighbours',
  'standardized-distance',
  'isolation-forest',
  'one-class-svm',
] as const;

export type DomainMethod = (typeof DOMAIN_METHODS)[number];
