import { randomUUID } from 'node:crypto';
import { type BatchRequest, parseBatchRequest } from '../../contracts/batch.ts';
import { InvalidBatchError } from '../../contracts/errors.ts';
import { VERSION } from '../../contracts/version.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { UsageError } from '../command/usage-error.ts';
import { paintFor } from '../display/paint.ts';
import { parseArn } from './arn.ts';
import { BatchHistory } from './batch-history.ts';
import { BatchReporter } from './batch-reporter.ts';
import { connect } from './connect.ts';
import { follow, goesOn } from './follow.ts';
import { HistoryReader } from './history-reader.ts';

export type BatchOptions = Readonly<Record<string, string | boolean | undefined>>;

/**
 * `counterpoise batch`: starts a batch on a deployed stack, shows how it goes, and which tables failed.
 *
 * @throws UsageError where the command cannot work as it was typed; StepFunctionsError; the store's errors
 */
export async function batch(options: BatchOptions, context: CommandContext): Promise<ExitCode> {
  const machine = parseArn(String(options.stateMachine), 'stateMachine', '--state-machine');
  const request = batchRequest(options);
  const { executions, store } = await connect(machine.region, context);
  const name = `batch-${randomUUID()}`;
  const { arn } = parseArn(await executions.start(machine.arn, name, request), 'execution', 'execution');
  const reporter = new BatchReporter(context, store, options.json === true);
  reporter.say(
    `${paintFor(context.stdout)('bold', `Counterpoise ${VERSION}`)}  ${request.prefix}, ${request.select}\n`,
  );
  reporter.say(`  ${arn}\n`);
  reporter.tell({ type: 'batch-started', execution: name, arn, request });
  if (options.follow === false) {
    reporter.tell({ type: 'following-stopped', arn });
    reporter.say(goesOn(arn));
    return EXIT.ok;
  }
  const history = new BatchHistory();
  const how = await follow(
    arn,
    new HistoryReader(executions, arn),
    (events) => {
      for (const event of events.flatMap((each) => history.add(each))) reporter.show(event, history.startedAt);
      return history.end !== undefined;
    },
    context,
  );
  if (how === 'ended') return reporter.ended(arn, history);
  reporter.tell({ type: 'following-stopped', arn });
  reporter.note(`Stopped following. ${goesOn(arn)}`);
  return EXIT.interrupted;
}

function batchRequest({ prefix, select }: BatchOptions): Required<BatchRequest> {
  try {
    return parseBatchRequest({
      ...(prefix === undefined ? {} : { prefix }),
      ...(select === undefined ? {} : { select }),
    });
  } catch (error) {
    if (!(error instanceof InvalidBatchError)) throw error;
    const [, ...faults] = error.message.split('\n');
    throw new UsageError(faults.map((fault) => fault.replace(/^ +- /, '--')).join('\n'));
  }
}
