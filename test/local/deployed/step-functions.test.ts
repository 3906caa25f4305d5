import { ExecutionAlreadyExists, type SFNClient, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stepFunctions } from '../../../local/deployed/step-functions.ts';
import { EXECUTION_ARN, MACHINE_ARN } from '../fakes/fake-executions.ts';

/** A client of the SDK that answers, or fails, without a network. */
function clientThat(answer: (input: object) => unknown): SFNClient {
  return { send: async ({ input }: { input: object }) => answer(input) } as unknown as SFNClient;
}

function failing(error: Error, more: object = {}): SFNClient {
  return clientThat(() => {
    throw Object.assign(error, more);
  });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

const AWS = { message: 'AWS says so', $metadata: { httpStatusCode: 400 } };

describe('stepFunctions', () => {
  it('flattens the details of events, whatever their type', async () => {
    const asked: object[] = [];
    const timestamp = new Date(0);
    const client = clientThat((input) => {
      asked.push(input);
      const details = { stateEnteredEventDetails: { name: 'MergeRows', input: '{}' } };
      return {
        nextToken: 'older',
        events: [
          {
            id: 3,
            previousEventId: 2,
            type: 'MapStateStarted',
            timestamp,
            mapStateStartedEventDetails: { length: 35 },
          },
          { id: 2, previousEventId: 1, type: 'TaskStateEntered', timestamp, ...details },
          { id: 1, type: 'ExecutionStarted', timestamp },
        ],
      };
    });
    expect(await stepFunctions('eu-central-1', client).history(EXECUTION_ARN, 'token')).toEqual({
      events: [
        { id: 3, type: 'MapStateStarted', time: timestamp, previousId: 2, length: 35 },
        { id: 2, type: 'TaskStateEntered', time: timestamp, previousId: 1, name: 'MergeRows', input: '{}' },
        { id: 1, type: 'ExecutionStarted', time: timestamp },
      ],
      nextToken: 'older',
    });
    expect(asked).toEqual([{ executionArn: EXECUTION_ARN, reverseOrder: true, maxResults: 1000, nextToken: 'token' }]);
  });

  const CANNOT = `cannot start an execution of ${MACHINE_ARN}`;

  it.each([
    [
      new ExecutionAlreadyExists(AWS),
      {},
      '--name: found "n", which an execution has already; needed another one (Step Functions keeps a name for 90 days after its execution has ended)',
    ],
    [
      new StateMachineDoesNotExist(AWS),
      {},
      `${CANNOT}: there is none; check its name, its region, and the account you are signed in to`,
    ],
    [
      named('AccessDeniedException', 'User x is not authorized'),
      { $metadata: { httpStatusCode: 400 } },
      `${CANNOT}: AWS answered AccessDeniedException, User x is not authorized; check that the credentials are valid and allow states:StartExecution`,
    ],
    [
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      {},
      `${CANNOT}: found no AWS credentials (Could not load credentials from any providers); set AWS_PROFILE, or sign in, for example with aws sso login`,
    ],
    [named('InvalidArn', "Invalid Arn: 'Bad'"), { $metadata: {} }, `${CANNOT}: Invalid Arn: 'Bad'`],
    [
      named('Error', 'getaddrinfo ENOTFOUND states.nowhere-1.amazonaws.com'),
      { code: 'ENOTFOUND' },
      `${CANNOT}: found no answer (ENOTFOUND: getaddrinfo ENOTFOUND states.nowhere-1.amazonaws.com); check the network and the region`,
    ],
    [
      named('ThrottlingException', 'Rate exceeded'),
      { $metadata: { httpStatusCode: 400 } },
      `${CANNOT}: AWS answered ThrottlingException, Rate exceeded`,
    ],
  ])('says what is wrong in words: %s', async (error, more, message) => {
    const { start } = stepFunctions('eu-central-1', failing(error, more));
    // The user's mistake is a UsageError; what AWS refuses or leaves unanswered is not.
    const name = /: AWS answered|: found no/.test(message) ? 'StepFunctionsError' : 'UsageError';
    await expect(start(MACHINE_ARN, 'n', {})).rejects.toMatchObject({ name, message });
  });
});
