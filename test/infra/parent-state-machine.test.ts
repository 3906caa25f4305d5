import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { outgoingEventSchema } from '../../contracts/outgoing-events.ts';
import { resolveStart } from '../../contracts/start-event.ts';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const definition = read('examples/parent-state-machine.json');
const { detail } = outgoingEventSchema.parse(read('events/dataset-rebalanced.json'));

/** Runs the example with a nested execution that ends with `output`, and says what that was started with. */
async function run(output: object) {
  // biome-ignore lint/suspicious/noExplicitAny: what a nested execution is started with is looked into
  let started: any;
  const { result } = new StateMachine(definition).run(
    { table: 's3://example-data/incoming/transactions.csv' },
    {
      overrides: {
        taskResourceLocalHandlers: {
          Rebalance: async (input) => {
            started = input;
            return { Status: 'SUCCEEDED', Output: output } as never;
          },
        },
      },
      context: { Execution: { Name: 'parent-1', Id: 'arn:aws:states:eu-central-1:111122223333:execution:Parent:1' } },
    },
  );
  const ended = await result.catch((error: { cause: Error }) => error.cause.message);
  return { ended, started };
}

describe('the example of a parent state machine', () => {
  it('passes the validator of the States language', () => {
    const validate = createRequire(import.meta.resolve('aws-local-stepfunctions'))('asl-validator');
    expect(validate(structuredClone(definition))).toMatchObject({ isValid: true, errors: [] });
  });

  it('starts a run with a request that we understand, and goes on with what the run ended with', async () => {
    const { ended, started } = await run(detail);
    expect(resolveStart(started.Input)).toMatchObject({
      dataset: { uri: 's3://example-data/incoming/transactions.csv' },
      target: { column: 'outcome' },
      output: { format: 'parquet' },
    });
    const manifest = 's3://example-data/balanced/eu west/transactions+2026/manifest.json';
    expect(ended).toMatchObject({ rebalanced: { manifest, recall: 35 / 40 } });
  });

  it('may think that recall is not enough', async () => {
    const published = { recall: 0.5 };
    const { ended } = await run({ ...detail, metrics: { published } });
    expect(ended).toBe((detail as { verdict: string }).verdict);
  });
});
