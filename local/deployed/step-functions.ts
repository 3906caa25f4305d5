import {
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  type HistoryEvent as SdkHistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { UsageError } from '../command/usage-error.ts';
import { type AskedOf, awsError } from './aws-errors.ts';
import type { Executions, HistoryEvent } from './executions.ts';

/** Five attempts a call; the SDK waits between them, at most 0.75 s in all, after throttling at most 15 s. */
const MAX_ATTEMPTS = 5;

type Client = Pick<SFNClient, 'send'>;

/** Step Functions of AWS, or what `AWS_ENDPOINT_URL` names, with the credentials that the SDK finds. */
export function stepFunctions(region: string, client: Client = new SFNClient({ region, maxAttempts: MAX_ATTEMPTS })) {
  const executions: Executions = {
    start(stateMachineArn, name, input) {
      const asked = {
        doing: 'start an execution of',
        arn: stateMachineArn,
        permission: 'states:StartExecution',
      };
      return inWords(asked, async () => {
        const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
        const { executionArn } = await client.send(command).catch((error) => {
          throw error instanceof ExecutionAlreadyExists ? nameTaken(name) : error;
        });
        return String(executionArn);
      });
    },
    history(executionArn, nextToken) {
      const asked = {
        doing: 'read the history of',
        arn: executionArn,
        permission: 'states:GetExecutionHistory',
      };
      return inWords(asked, async () => {
        const page = await client.send(
          new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1000, nextToken }),
        );
        const events = (page.events ?? []).map(toHistoryEvent);
        return { events, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
      });
    },
  };
  return executions;
}

async function inWords<T>(asked: AskedOf, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw awsError(error, asked);
  }
}

function nameTaken(name: string): UsageError {
  return new UsageError(
    `--name: found ${JSON.stringify(name)}, which an execution has already; needed another one ` +
      '(Step Functions keeps a name for 90 days after its execution has ended)',
  );
}

type Details = { readonly [Key in 'name' | 'input' | 'output' | 'error' | 'cause']?: string | undefined } & {
  readonly length?: number | undefined;
};

/** Each type of event has its details under a key of its own: `stateEnteredEventDetails`, `taskFailedEventDetails` … */
function toHistoryEvent({ id, type, timestamp, previousEventId, ...rest }: SdkHistoryEvent): HistoryEvent {
  const found = Object.entries(rest).find(([key, value]) => key.endsWith('EventDetails') && value);
  const details = (found?.[1] ?? {}) as Details;
  const { name, input, output, error, cause, length } = details;
  const known = Object.entries({ previousId: previousEventId, name, input, output, error, cause, length });
  return {
    id: id ?? 0,
    type: type ?? '',
    time: timestamp ?? new Date(0),
    ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
  };
}
