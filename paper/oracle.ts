import { ARTIFACTS } from '../contracts/layout.ts';
import { STATES } from '../contracts/states.ts';
import type { Workflow } from '../contracts/workflow.ts';
import { oracleGenerator } from '../core/generators/oracle-generator.ts';
import { createRng } from '../core/random/rng.ts';
import { artifactUri, loadRows, saveRows } from '../functions/artifacts.ts';
import { syntheticOrigin } from '../storage/codecs/rows.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import type { PreparedRun } from './protocol.ts';

/**
 * In the place of GenerateRows: real minority rows that the protocol threw away, handed on as if they had been generated.
 *
 * @param count at most as many as were thrown away; default: all of them
 */
export async function handOutLeftOut(
  run: PreparedRun,
  store: DatasetStore,
  count?: number,
): Promise<Workflow['generated']> {
  const { table } = await loadRows(store, run.prepared.leftOut);
  const rng = createRng(run.request.seed, 'paper/oracle');
  const handedOut = oracleGenerator(table)
    .fit(table, rng)
    .generate(count ?? table.rows, rng);
  const rows = await saveRows(store, artifactUri(run, STATES.generateRows, ARTIFACTS.generated), {
    table: handedOut,
    labels: new Uint8Array(handedOut.rows).fill(1),
    origins: Int32Array.from({ length: handedOut.rows }, (_, index) => syntheticOrigin(index)),
  });
  return { rows, count: handedOut.rows, durationMs: 0 };
}
