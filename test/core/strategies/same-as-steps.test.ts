import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { trainStrategy } from '../../../core/strategies/train-strategy.ts';
import { loadIndices, loadRows } from '../../../functions/artifacts.ts';
import { undersampleObserved } from '../../../functions/observed-rows.ts';
import { evaluationSettings } from '../../../functions/strategies.ts';
import { asking } from '../../../paper/material.ts';
import { Steps } from '../../../paper/steps.ts';
import { preparePayments, store } from '../../paper/payments-study.ts';

describe("a run's own steps", () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-strategies-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('make the rows that the strategies train on', async () => {
    const steps = new Steps(store);
    const generator = { type: 'autoencoder', epochs: 5 } as const;
    const prepared = await preparePayments(600, 3, folder);
    const run = {
      ...prepared,
      request: { ...asking(prepared, {}).request, generator: { ...prepared.request.generator, ...generator } },
    };
    const trained = await steps.trainGenerator(run);
    const generated = await steps.generateRows({ ...run, generator: trained });
    const discriminator = await steps.trainDiscriminator(run);
    const { merged, undersampled } = await steps.rebalance({ ...run, generated, discriminator });
    const mergedRows = await loadRows(store, merged.rows);
    const kept = await loadIndices(store, undersampled.kept);

    const observed = await loadRows(store, run.prepared.train);
    const train = (type: 'algorithm-1' | 'under-sampling') =>
      trainStrategy(
        { type, ratio: run.request.sampling.ratio },
        observed,
        evaluationSettings(run.request),
        run.request.seed,
        '',
      );
    const { origins } = train('algorithm-1').rows;
    expect(origins.filter((origin) => origin < 0).length).toBeGreaterThan(0);
    expect(origins.map((origin) => (origin < 0 ? origin : observed.origins[origin]))).toEqual(
      kept.map((row) => mergedRows.origins[row]),
    );
    expect(train('under-sampling').rows.origins).toEqual(undersampleObserved(observed.labels, run.request));
  });
});
