/** The environment variables by which the stack tells its functions what they work for. */
export const ENVIRONMENT = {
  /** the state machine that StartRun starts */
  stateMachine: 'COUNTERPOISE_STATE_MACHINE_ARN',
  /** the bucket whose tables a batch rebalances */
  bucket: 'COUNTERPOISE_BUCKET',
  /** settings, as JSON, of tables that have no settings file */
  defaults: 'COUNTERPOISE_DEFAULTS',
  /** the dimension `service` of logs, traces and metrics, so that two of these constructs in an account stay apart */
  service: 'POWERTOOLS_SERVICE_NAME',
} as const;

export type EnvironmentVariable = keyof typeof ENVIRONMENT;

/** Of the metrics. */
export const METRICS_NAMESPACE = 'Counterpoise';

/** The metrics of a run, and the state in whose function each is counted: its dimension `state`. */
export const RUN_METRICS = {
  rowsIn: 'RowsIn',
  minorityShareBefore: 'MinorityShareBefore',
  newFeatureRows: 'NewFeatureRows',
  minorityShareAfter: 'MinorityShareAfter',
  recallLift: 'RecallLift',
  runDuration: 'RunDuration',
} as const;

/** Counted by every step's function, under its `state`. */
export const STEP_METRICS = {
  /** milliseconds */
  duration: 'StepDuration',
  /** what Lambda charges for, memory x time; a container counts none */
  gigabyteSeconds: 'GigabyteSeconds',
} as const;
