import { z } from 'zod';
import { InvalidSettingsError, OutputTakenError } from './errors.ts';
import { balancedUri } from './layout.ts';
import { withoutParent } from './parent-execution.ts';
import { parseRequest } from './parse-request.ts';
import type { RebalanceRequest, ResolvedRequest } from './request.ts';

/** EventBridge's `Object Created` event of S3, as far as it is read: an upload that starts a run. */
export const objectCreatedSchema = z.object({
  'detail-type': z.literal('Object Created'),
  source: z.literal('aws.s3'),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      /** plain text: not percent-encoded, as the older notifications of S3 have it */
      key: z.string().min(1),
      etag: z.string().optional(),
      /** absent where the bucket keeps no versions */
      'version-id': z.string().optional(),
      /** grows with every event of a key; the same in a duplicate of an event */
      sequencer: z.string().optional(),
    }),
  }),
});
export type ObjectCreated = z.output<typeof objectCreatedSchema>;

/**
 * The settings of a run that the one who starts it need not name: what a settings file may hold. The table itself comes
 * with the start.
 */
export type RequestDefaults = Omit<RebalanceRequest, 'dataset'> & {
  readonly dataset?: Omit<RebalanceRequest['dataset'], 'uri' | 'versionId'>;
};

/**
 * The start of a run that is to fail, so that whoever uploaded the table finds out why, in the place and by the event that
 * any other failure has.
 */
export const refusedStartSchema = z.object({
  refused: z.union([
    /** the settings file cannot be used */
    z.object({ settings: z.string(), fault: z.string() }),
    /** its output location is that of another table, of this URI */
    z.object({ takenBy: z.string() }),
  ]),
  dataset: z.object({ uri: z.string() }),
  output: z.object({ uri: z.string() }),
});
export type RefusedStart = z.output<typeof refusedStartSchema>;

/**
 * Turns whatever starts a run into the request it stands for: a request is taken as it is (an orchestrator's, a
 * schedule's, the command line's), an upload's event becomes a request for the uploaded object with the given defaults.
 *
 * @throws InvalidRequestError; InvalidSettingsError where the upload's settings file was found to be unusable;
 *   OutputTakenError where another table of the same batch has its output location
 */
export function resolveStart(start: unknown, defaults: RequestDefaults = {}): ResolvedRequest {
  const refused = refusedStartSchema.safeParse(start);
  if (refused.success) {
    const { refused: because, dataset, output } = refused.data;
    if ('takenBy' in because) throw OutputTakenError.of(dataset.uri, output.uri, because.takenBy);
    const { settings, fault } = because;
    throw new InvalidSettingsError(`The settings in ${settings} cannot be used: ${fault}`);
  }
  const upload = objectCreatedSchema.safeParse(start);
  const request = parseRequest(upload.success ? requestForUpload(upload.data, defaults) : withoutParent(start));
  return { ...request, output: { ...request.output, uri: request.output.uri ?? balancedUri(request.dataset.uri) } };
}

/** The request for an uploaded table, in the very version that the event speaks of, with these settings. */
function requestForUpload({ detail }: ObjectCreated, settings: RequestDefaults): RebalanceRequest {
  const versionId = detail.object['version-id'];
  const uri = `s3://${detail.bucket.name}/${detail.object.key}`;
  return requestForTable(uri, settings, versionId ? { versionId } : {});
}

/** The request for a table with the settings that apply to it. */
export function requestForTable(
  uri: string,
  settings: RequestDefaults,
  version: { readonly versionId?: string } = {},
): RebalanceRequest {
  return { ...settings, dataset: { ...settings.dataset, uri, ...version } };
}
