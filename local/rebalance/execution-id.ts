import { createHash } from 'node:crypto';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { fileName } from '../../contracts/uri.ts';

/**
 * Names a local run after what was asked, so that the same command writes the same files on every computer: where a
 * clone, its data and its outputs lie makes no difference.
 */
export function localExecutionId(request: ResolvedRequest): string {
  const { dataset, output, ...rest } = request;
  const uri = dataset.uri.startsWith('file:') ? fileName(dataset.uri) : dataset.uri;
  const asked = { ...rest, dataset: { ...dataset, uri }, output: { format: output.format } };
  return `local-${createHash('sha256').update(canonicalJson(asked)).digest('hex').slice(0, 12)}`;
}

/** JSON with sorted keys: equal values, equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, node) =>
    node && typeof node === 'object' && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );
}
