import type { z } from 'zod';
import { type BatchSeen, type batchOutcomeSchema, batchSeenSchema } from '../contracts/batch.ts';
import { ObjectNotFoundError } from '../contracts/errors.ts';
import { batchSeenUri } from '../contracts/layout.ts';
import type { DatasetStore, UpdatingStore } from '../storage/dataset-store.ts';
import { jsonBytes } from './artifacts.ts';

type Outcome = z.output<typeof batchOutcomeSchema>;

/** What the batches of the bucket have tried so far. */
export async function loadSeen(store: Pick<DatasetStore, 'read'>, bucket: string): Promise<BatchSeen> {
  try {
    return parseSeen(await store.read(batchSeenUri(bucket)));
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return {};
    throw error;
  }
}

/** Adds how the tables of a batch fared. Batches that end at the same time do not lose each other's entries. */
export async function saveSeen(
  store: UpdatingStore,
  bucket: string,
  outcomes: readonly Outcome[],
  startedAt: string,
): Promise<void> {
  await store.update(batchSeenUri(bucket), (bytes) =>
    jsonBytes(addOutcomes(bytes === undefined ? {} : parseSeen(bytes), outcomes, startedAt)),
  );
}

function parseSeen(bytes: Uint8Array): BatchSeen {
  return batchSeenSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

function addOutcomes(seen: BatchSeen, outcomes: readonly Outcome[], startedAt: string): BatchSeen {
  const added = outcomes.flatMap(({ dataset, status, etag }) => {
    const known = seen[dataset];
    // A batch that started later, and looked later, was faster.
    if (known && known.at > startedAt) return [];
    const rebalanced = status === 'succeeded' ? etag : known?.etag;
    return [[dataset, { ...(rebalanced === undefined ? {} : { etag: rebalanced }), at: startedAt }]];
  });
  return { ...seen, ...Object.fromEntries(added) };
}
