import { UsageError } from '../command/usage-error.ts';

/** An ARN of Step Functions, and what it says. */
export interface StatesArn {
  readonly arn: string;
  readonly region: string;
  /** of the state machine, or of the execution itself */
  readonly name: string;
}

const ARN = /^arn:aws[\w-]*:states:([a-z0-9-]+):\d{12}:(\w+):(.+)$/;

const NEEDED = {
  stateMachine: "arn:aws:states:<region>:<account>:stateMachine:<name>, as the stack's outputs have it",
  execution: 'arn:aws:states:<region>:<account>:execution:<state machine>:<name>, as counterpoise start prints it',
} as const;

/**
 * @param place the option or argument, for the message
 * @throws UsageError where `text` is no ARN of that kind
 */
export function parseArn(text: string, kind: keyof typeof NEEDED, place: string): StatesArn {
  const [, region, found, path] = ARN.exec(text) ?? [];
  if (found !== kind) throw new UsageError(`${place}: found ${JSON.stringify(text)}, needed ${NEEDED[kind]}`);
  return { arn: text, region, name: path.slice(path.lastIndexOf(':') + 1) };
}
