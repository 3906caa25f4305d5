import { describe, expect, it } from 'vitest';
import { createTable } from '../../core/table/table.ts';
import { planMissingValues } from '../../functions/prepare-dataset/missing-values.ts';
import { readCsv, readManifest, rebalance } from './run.ts';
import { HEADER, paymentsTable } from './tables.ts';

/** 20 majority rows, then 10 minority rows; the given rows have a gap. */
function plan(gaps: number[], asked: 'auto' | 'complete-case' | 'impute') {
  const values = Float64Array.from({ length: 30 }, (_, row) => (gaps.includes(row) ? Number.NaN : row));
  const labels = Uint8Array.from({ length: 30 }, (_, row) => Number(row >= 20));
  return planMissingValues(createTable([{ kind: 'numeric', name: 'a', integer: true, values }]), labels, asked);
}

describe('the plan for missing values', () => {
  it('leaves incomplete rows out where that costs no class more than a tenth', () => {
    const { treatment, usable } = plan([0, 1, 25], 'auto');
    expect(treatment).toBe('complete-case');
    expect([...usable]).toEqual([...Array(30).keys()].filter((row) => ![0, 1, 25].includes(row)));
  });

  it('imputes where a class would lose more, be it only one', () => {
    expect(plan([25, 26], 'auto').treatment).toBe('impute');
    expect(plan([0, 1, 2], 'auto').treatment).toBe('impute');
    expect(plan([25, 26], 'auto').usable).toHaveLength(30);
  });

  it('does what was asked', () => {
    expect(plan([25, 26], 'complete-case')).toMatchObject({ treatment: 'complete-case' });
    expect(plan([25, 26], 'complete-case').usable).toHaveLength(28);
    expect(plan([0], 'impute').usable).toHaveLength(30);
  });
});

describe('a table with gaps', () => {
  const amounts = async (out: string) => {
    const { rows } = await readCsv(out, 'train.csv');
    return rows.map((row) => ({ amount: row[HEADER.indexOf('amount')], synthetic: row.at(-2) === 'true' }));
  };

  it('imputed: observed rows keep their gaps, synthetic rows have none', async () => {
    const { out } = await rebalance(paymentsTable({ gaps: 0.4 }));
    expect((await readManifest(out)).missingTreatment).toBe('impute');
    const rows = await amounts(out);
    expect(rows.filter(({ amount, synthetic }) => !synthetic && amount === '')).not.toHaveLength(0);
    expect(rows.filter(({ amount, synthetic }) => synthetic && amount === '')).toHaveLength(0);
  });

  it('complete-case: no row with a gap is left on either side', async () => {
    const { out } = await rebalance(paymentsTable({ gaps: 0.4 }), { missing: { treatment: 'complete-case' } });
    const { counts } = await readManifest(out);
    expect(counts.usable.majority).toBeLessThan(counts.read.majority);
    expect((await amounts(out)).filter(({ amount }) => amount === '')).toHaveLength(0);
  });
});
