/** An event of an execution's history, as far as it is read. */
export interface HistoryEvent {
  /** counted from 1 */
  readonly id: number;
  readonly type: string;
  readonly time: Date;
  /** the event that led to this one; emulators leave it out */
  readonly previousId?: number;
  /** of the state that is entered or exited */
  readonly name?: string;
  /** JSON */
  readonly input?: string;
  /** JSON */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** items of the Map that has started */
  readonly length?: number;
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  /** of the next page, which is older */
  readonly nextToken?: string;
}

/**
 * Step Functions in one region, as the commands use it. Methods reject with UsageError where what the user named is not
 * there or not usable, with StepFunctionsError where AWS does not let them or does not answer.
 */
export interface Executions {
  /** @returns the ARN of the execution */
  start(stateMachineArn: string, name: string, input: object): Promise<string>;
  /** A page of the history, the newest event first. */
  history(executionArn: string, pageToken?: string): Promise<HistoryPage>;
}
