import type { Report } from '../../contracts/report.ts';
import { domainShare, type FittedDomain } from '../../core/domain/domain.ts';
import type { Rng } from '../../core/random/rng.ts';
import { type Table, takeRows } from '../../core/table/table.ts';
import { isSynthetic, type Rows } from '../../storage/codecs/rows.ts';

/**
 * What resampling does to the domain: how many of the synthetic rows lie outside, and what share of the test rows would lie
 * inside if only the rows that are left were known.
 *
 * @param undersampled the observed rows that plain under-sampling leaves
 * @param published the rows that the published model was trained on
 */
export function describeDomain(
  domain: FittedDomain,
  { undersampled, published, test }: { readonly undersampled: Table; readonly published: Rows; readonly test: Table },
  rng: Rng,
): Omit<Report['domain'], 'coverage'> {
  const places = Int32Array.from(published.origins.keys());
  const synthetic = takeRows(
    published.table,
    places.filter((row) => isSynthetic(published.origins[row])),
  );
  const inside = domain.contains(synthetic).reduce((sum, flag) => sum + flag, 0);
  return {
    method: domain.method,
    synthetic: { rows: synthetic.rows, outside: synthetic.rows - inside },
    testInside: {
      observed: domainShare(domain, test),
      undersampled: domainShare(domain.refit(undersampled, rng), test),
      published: domainShare(domain.refit(published.table, rng), test),
    },
  };
}
