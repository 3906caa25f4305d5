import { describe, expect, it } from 'vitest';
import { fitDomain, fittedDomainFromJSON } from '../../../core/domain/domain.ts';
import { DOMAIN_METHODS, type DomainMethod } from '../../../core/domain/methods.ts';
import { createRng } from '../../../core/random/rng.ts';
import { fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { drawRows, itKeepsTheDomainContract } from './domain-contract.ts';

for (const method of DOMAIN_METHODS) itKeepsTheDomainContract(method);

describe('domains', () => {
  const rows = drawRows(50, 0);
  const fit = (method: DomainMethod) =>
    fitDomain({ method, coverage: 0.9 }, rows, fitFeatureEncoder(rows), createRng(0, 'domain'));

  it('refuse a method that there is not, and a table without columns', () => {
    expect(() => fit('k-means' as DomainMethod)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: domain, method: found "k-means", needed one of nearest-neighbours, standardized-distance, isolation-forest, one-class-svm]`,
    );
    const empty = { rows: 3, columns: [] };
    expect(() =>
      fitDomain({ method: 'isolation-forest', coverage: 0.9 }, empty, fitFeatureEncoder(empty), createRng(0, 'domain')),
    ).toThrowErrorMatchingInlineSnapshot(`[InvalidArgumentError: domain: found no columns, needed at least 1]`);
  });

  it('refuse JSON that is none of theirs, with what is wrong with it', () => {
    const saved =
      (changes: object, method: DomainMethod = 'nearest-neighbours') =>
      () =>
        fittedDomainFromJSON({ ...JSON.parse(JSON.stringify(fit(method).toJSON())), ...changes });
    expect(() => fittedDomainFromJSON(null)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, type: found undefined, needed one of nearest-neighbours, standardized-distance, isolation-forest, one-class-svm]`,
    );
    expect(saved({ type: 'svm' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, type: found "svm", needed one of nearest-neighbours, standardized-distance, isolation-forest, one-class-svm]`,
    );
    expect(saved({ boundary: '1' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, boundary: found "1", needed a finite number]`,
    );
    expect(saved({ coverage: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, coverage: found 2, needed a number between 0 and 1]`,
    );
    expect(saved({ sampledShare: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, sampledShare: found 0, needed a number above 0, up to 1]`,
    );
    expect(saved({ columns: [] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, columns: found no list of columns, needed one]`,
    );
    expect(
      saved({ columns: [{ kind: 'numeric', name: 'x', mean: 0, deviation: 0 }] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, deviation: found 0, needed a number above 0]`,
    );
    expect(saved({ columns: [{ kind: 'other', name: 'x' }] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, column x: found neither numbers nor up to 255 levels, needed either]`,
    );
    expect(saved({ neighbours: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, neighbours: found 0, needed a whole number from 1]`,
    );
    expect(saved({ neighbours: 51 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain: found 50 rows, needed 51 for its neighbours]`,
    );
    expect(saved({ rows: 49 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, numbers: found 600 bytes, needed 588 (147 numbers)]`,
    );
    expect(saved({ numbers: '' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, numbers: found 0 bytes, needed 600 (150 numbers)]`,
    );
    expect(saved({ codes: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, codes: found undefined, needed text]`,
    );
    expect(saved({ rarities: [[1]] }, 'standardized-distance')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, rarities: found no list of lists, one per categorical column, needed one]`,
    );
    expect(saved({ rarities: [[0, 1, 2], [0]] }, 'standardized-distance')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved domain, rarities[1]: needed a list of 5 finite numbers]`,
    );
    expect(saved({ forest: {} }, 'isolation-forest')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed "isolation-forest"]`,
    );
    expect(saved({ machine: undefined }, 'one-class-svm')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed "one-class-svm"]`,
    );
  });
});
