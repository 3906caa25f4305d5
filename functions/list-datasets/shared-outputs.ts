import type { BatchItem, BatchSeen } from '../../contracts/batch.ts';
import type { RefusedStart } from '../../contracts/start-event.ts';

/**
 * Refuses the tables of a batch that would write over another one's outputs, such as `adult.parquet` beside `adult.csv`: both
 * runs go on at the same time, and which one ends last is chance. The location is of the table that a batch has rebalanced
 * before, else of the first by its URI.
 */
export function refuseSharedOutputs(items: readonly BatchItem[], seen: BatchSeen): BatchItem[] {
  const publishing = items.filter(({ output, start }) => output !== '' && !('refused' in start));
  const byLocation = Map.groupBy(publishing, locationOf);
  return items.map((item) => {
    const owner = ownerOf(byLocation.get(locationOf(item)) ?? [item], seen);
    if (owner === item || !publishing.includes(item)) return item;
    const { dataset, output } = item;
    const start: RefusedStart = {
      refused: { takenBy: owner.dataset },
      dataset: { uri: dataset },
      output: { uri: output },
    };
    return { ...item, start };
  });
}

function locationOf({ output }: BatchItem): string {
  return output.replace(/\/$/, '');
}

function ownerOf(items: readonly BatchItem[], seen: BatchSeen): BatchItem {
  const byUri = items.toSorted((a, b) => (a.dataset < b.dataset ? -1 : 1));
  return byUri.find(({ dataset }) => seen[dataset]?.etag !== undefined) ?? byUri[0];
}
