import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { Executions } from '../deployed/executions.ts';
import type { StepRunner } from '../workers/step-runner.ts';
import type { Clock } from './clock.ts';
import type { SignalSource } from './interrupt.ts';

/** What commands know of the world around them. Tests bring a world of their own. */
export interface CommandContext {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly signals: SignalSource;
  /** ends the process at once */
  readonly exit: (code: number) => void;
  readonly steps: () => StepRunner;
  /** default: the synthesized one */
  readonly definition?: StateMachineDefinition;
  /** wait before each retry; default: the definition's */
  readonly retryDelayMs?: number;
  /** Step Functions in a region; default: that of AWS */
  readonly openExecutions?: (region: string) => Promise<Executions>;
  /** where a deployed stack of a region keeps its outputs; default: S3 */
  readonly openStore?: (region: string) => DatasetStore;
  /** wait between two looks at an execution; default: one that grows */
  readonly pollDelayMs?: number;
}
