import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readManifest, rebalance } from './run.ts';

/** UCI Adult (Becker & Kohavi, CC BY 4.0) is not part of the project: it is tried where it lies beside it. */
const ADULT = fileURLToPath(new URL('../../../shared/data/adult.data', import.meta.url));
const columns =
  'age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,sex,capital-gain,capital-loss,hours-per-week,native-country,income';

const present = existsSync(ADULT);
if (!present) console.warn('Skipping the test on UCI Adult: there is no ../shared/data/adult.data beside the project.');

describe.skipIf(!present)('UCI Adult', () => {
  it('has the counts of the source: complete rows, encoded attributes, training rows with a quarter of the minority', async () => {
    const { out } = await rebalance(await readFile(ADULT, 'utf8'), {
      dataset: { columns: columns.split(',') },
      target: { column: 'income' },
      split: { minorityFraction: 0.25 },
      generator: { type: 'autoencoder', epochs: 5 },
    });
    const { counts, encodedAttributes, missingTreatment, request } = await readManifest(out);
    expect(request.target.minority).toBe('>50K');
    expect(missingTreatment).toBe('complete-case');
    expect(counts.read).toEqual({ majority: 24720, minority: 7841 });
    expect(counts.usable).toEqual({ majority: 22654, minority: 7508 });
    expect(counts.train).toEqual({
      majority: 22654 - Math.round(22654 * 0.2),
      minority: Math.round((7508 - Math.round(7508 * 0.2)) / 4),
    });
    expect(encodedAttributes).toBe(96);
  });
});
