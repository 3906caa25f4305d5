import type { BatchSummary } from '../../contracts/batch.ts';
import { count, countOf } from '../../core/counting.ts';
import { formatDuration } from '../display/format.ts';
import { safeLines, safeText } from '../display/safe-text.ts';
import type { BatchEvent } from './batch-history.ts';

/** A line for what happened, or none where there is nothing to tell. @param startedAt of the batch */
export function batchLine(event: BatchEvent, startedAt: Date): string | undefined {
  const news = describe(event);
  if (news === undefined) return undefined;
  const elapsed = `${((Date.parse(event.time) - startedAt.getTime()) / 1000).toFixed(1)} s`;
  return `${elapsed.padStart(9)}  ${news}`;
}

function describe(event: BatchEvent): string | undefined {
  switch (event.type) {
    case 'batch-planned': {
      const left = `${count(event.unchanged)} unchanged, ${count(event.postponed)} postponed`;
      return `${countOf(event.tables, 'table')} to rebalance, ${left}`;
    }
    case 'table-started':
      return `${safeText(event.dataset)}  started`;
    case 'table-succeeded':
      return `${safeText(event.dataset)}  done in ${formatDuration(event.durationMs)}`;
    case 'table-failed':
      return `${safeText(event.dataset)}  failed after ${formatDuration(event.durationMs)}`;
    default:
      return undefined;
  }
}

/** How a batch went: the counts, every table that failed and why, and where all of it is written down. */
export function batchSummaryText({ counts, datasets }: BatchSummary, summaryUri: string): string {
  const { succeeded, failed, unchanged, postponed } = counts;
  const counted = [
    `${countOf(succeeded, 'table')} succeeded`,
    `${count(failed)} failed`,
    `${count(unchanged)} unchanged`,
    `${count(postponed)} postponed to the next batch`,
  ];
  const failures = datasets
    .filter(({ status }) => status === 'failed')
    .flatMap(({ dataset, execution, failure, manifest }) => [
      '',
      `  ${safeText(dataset)}`,
      failure
        ? `    ${safeText(failure.error)}: ${safeLines(failure.cause)}`
        : `    No record says why; the history of its execution does: ${safeText(execution)}`,
      ...(manifest ? [`    recorded in ${safeText(manifest)}`] : []),
    ]);
  return [`  ${counted.join(', ')}.`, ...failures, '', `  ${safeText(summaryUri)}`].join('\n');
}
