import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownTable, number, signed, withDeviation, withStandardError } from '../../paper/format.ts';
import { insertMeasured } from '../../paper/report/markdown.ts';
import { requirePlace, writeReport } from '../../paper/report/write.ts';
import { readText, temporaryFolder } from '../functions/run.ts';
import { fakeResults } from './fake-results.ts';

describe('figures', () => {
  it('have a real minus sign, and none before zero', () => {
    expect([number(-1.25, 1), number(-0.0004, 3), number(null, 2)]).toEqual(['−1.3', '0.000', '–']);
    expect([signed(2, 0), signed(-2, 0), signed(0.01, 1)]).toEqual(['+2', '−2', '0.0']);
  });

  it('have their spread where there is one', () => {
    expect(withDeviation({ mean: 12.34, deviation: 0.56 }, 1)).toBe('12.3 ± 0.6');
    expect(withDeviation({ mean: 12.34, deviation: null }, 1)).toBe('12.3');
    expect(withStandardError({ mean: 12.34, standardError: 0.56 }, 1)).toBe('+12.3 ± 0.6');
    expect(withStandardError({ mean: null, standardError: null }, 1)).toBe('–');
  });

  it('stand in tables', () => {
    expect(markdownTable(['a', 'b'], [['x', '1']])).toBe('| a | b |\n| --- | ---: |\n| x | 1 |');
  });
});

function place(): string {
  const out = join(temporaryFolder(), 'paper');
  requirePlace(out);
  return out;
}

describe('requirePlace', () => {
  it('refuses a page without marks, and a folder that cannot be', () => {
    const out = join(temporaryFolder(), 'paper');
    writeFileSync(`${out}.md`, '# Mine');
    expect(() => requirePlace(out)).toThrow(`--out ${out}: The page has no place for figures: found no`);
    expect(() => requirePlace(join(`${out}.md`, 'below'))).toThrow(/^--out .*paper\.md\/below: (ENOTDIR|EEXIST)/);
  });
});

describe('writeReport', () => {
  /** `vitest run test/paper/report.test.ts -u` writes the golden files again, from fake-results.ts. */
  it('writes the page, the plots and the data, whose bytes are known', async () => {
    const out = place();
    const bars = await writeReport(fakeResults(), out);
    expect(bars.split('\n')[0]).toBe(
      'met           decision-tree: more true positives than under-sampling, by more than the standard error: ' +
        '+186.0, standard error 7.4',
    );
    await expect(await readText(`${out}.md`)).toMatchFileSnapshot('golden/paper.md');
    await expect(await readText(out, 'mixing-ratio.svg')).toMatchFileSnapshot('golden/mixing-ratio.svg');
    await expect(await readText(out, 'observed-versus-proposed.svg')).toMatchFileSnapshot(
      'golden/observed-versus-proposed.svg',
    );
    const data = JSON.parse(await readText(out, 'paper.json'));
    expect(data.seeds.map(({ seed }: { seed: number }) => seed)).toEqual([0, 1]);
    expect(data.learners[0].comparison[0].bySeed).toEqual(
      fakeResults().map(({ learners }) => learners['decision-tree']?.resampled.undersampled),
    );
  });

  it('writes the same bytes again, and leaves alone what people wrote around the figures', async () => {
    const out = place();
    await writeReport(fakeResults(), out);
    const files = [`${out}.md`, join(out, 'mixing-ratio.svg'), join(out, 'observed-versus-proposed.svg')];
    const before = files.map((file) => readFileSync(file, 'utf8'));
    writeFileSync(`${out}.md`, `Read this first.\n${before[0]}\nIn the end.\n`);
    await writeReport(fakeResults(), out);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual([
      `Read this first.\n${before[0]}\nIn the end.\n`,
      ...before.slice(1),
    ]);
  });

  it('can draw and tell of a single seed and a single learner', async () => {
    const out = place();
    await writeReport(fakeResults(['logistic-regression']).slice(0, 1), out);
    expect(await readText(`${out}.md`)).not.toMatch(/NaN|undefined|null/);
    expect(await readText(out, 'mixing-ratio.svg')).not.toMatch(/NaN|undefined/);
  });
});

describe('insertMeasured', () => {
  it('does not write a page that has no place for it', () => {
    expect(() => insertMeasured('# Page', 'figures')).toThrow(
      'The page has no place for figures: found no <!-- paper: begin --> before <!-- paper: end -->.',
    );
  });
});
