import { z } from 'zod';
import { balancedUri } from './layout.ts';
import { parseRequest } from './parse-request.ts';
import type { RebalanceRequest, ResolvedRequest } from './request.ts';

/** EventBridge's `Object Created` event of S3, as far as it is read: an upload that starts a run. */
const objectCreatedSchema = z.object({
  'detail-type': z.literal('Object Created'),
  source: z.literal('aws.s3'),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({ key: z.string().min(1), 'version-id': z.string().optional() }),
  }),
});

/** The settings of a run that the one who starts it need not name. `dataset` comes with the start itself. */
export type RequestDefaults = Omit<RebalanceRequest, 'dataset'>;

/**
 * Turns whatever starts a run into the request it stands for: a request is taken as it is (an orchestrator's, a
 * schedule's, the command line's), an upload's event becomes a request for the uploaded object with the given defaults.
 *
 * @throws InvalidRequestError
 */
export function resolveStart(start: unknown, defaults: RequestDefaults = {}): ResolvedRequest {
  const upload = objectCreatedSchema.safeParse(start);
  const request = parseRequest(upload.success ? { ...defaults, dataset: uploadedDataset(upload.data) } : start);
  return { ...request, output: { ...request.output, uri: request.output.uri ?? balancedUri(request.dataset.uri) } };
}

function uploadedDataset({ detail }: z.output<typeof objectCreatedSchema>): RebalanceRequest['dataset'] {
  const versionId = detail.object['version-id'];
  return { uri: `s3://${detail.bucket.name}/${detail.object.key}`, ...(versionId ? { versionId } : {}) };
}
