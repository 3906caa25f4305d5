import type { SucceededManifest } from '../../contracts/manifest.ts';
import { runResultSchema } from '../../contracts/run-result.ts';
import { NamedError } from '../../core/errors.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { UsageError } from '../command/usage-error.ts';
import type { Reporter } from '../display/reporter.ts';
import type { StatesArn } from './arn.ts';
import type { RunHistory } from './run-history.ts';

/** The outputs of this run are not there any more: those of a later one are. */
export class OutputsReplacedError extends NamedError {}

type Published = { readonly manifestUri: string; readonly manifest: SucceededManifest };

/**
 * Says how an execution in AWS has ended.
 *
 * @param published is done with what was published, once that is said
 * @throws UsageError where it is not the execution of a run; OutputsReplacedError; the store's errors
 */
export async function reportEnd(
  { name, arn }: StatesArn,
  history: RunHistory,
  reporter: Reporter,
  published: (outputs: Published) => Promise<void> = async () => {},
): Promise<ExitCode> {
  const { end, failureRecord, isPublished } = history;
  if (end?.status !== 'succeeded') {
    const { durationMs, error, cause } = end ?? { durationMs: 0, error: '', cause: '' };
    const record = failureRecord ? { manifestUri: failureRecord } : {};
    return reporter.failed({ error, cause, deployed: true, published: isPublished, ...record }, durationMs);
  }
  const result = runResultSchema.safeParse(JSON.parse(end.output));
  if (!result.success) {
    reporter.close();
    throw new UsageError(
      `The execution ${arn} ended, but not with what a run ends with: is its state machine that of Counterpoise?`,
    );
  }
  const manifestUri = result.data.outputs.manifest;
  const manifest = await reporter.readManifest(manifestUri);
  if (manifest.execution.id !== name) {
    reporter.close();
    throw new OutputsReplacedError(
      `The run succeeded, but ${manifestUri} is that of a later one, ${manifest.execution.id}. ${result.data.verdict}`,
    );
  }
  const code = await reporter.succeeded(manifestUri, manifest, end.durationMs);
  await published({ manifestUri, manifest });
  return code;
}
