import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../local/display/safe-text.ts';
import { summary } from '../../../local/display/summary.ts';
import { fakeManifest, scores } from '../fakes/fake-manifest.ts';
import { unpainted } from '../fakes/unpainted.ts';

const OPTIONS = { paint: unpainted, shown: (uri: string) => uri.replace('file:///data/', '') };

describe('summary', () => {
  it('shows rows before and after, scores of the three, the gain, the verdict and the outputs', () => {
    expect(`\n${summary(fakeManifest(), OPTIONS)}\n`).toBe(`
  Rows                  majority  minority "fraud"  ratio
  in the table            19,600               400   49.0
  test, untouched          3,920                80   49.0
  training, before        15,680               320   49.0
  training, rebalanced       512               512    1.0

  320 rows generated, 192 kept as new-feature rows.

  Trained on     TP   FP  recall  precision     F1    MCC  PR-AUC  recall*
  as it is       20   10   0.250      0.667  0.250  0.500   0.625    0.750
  under-sampled  60  400   0.750      0.130  0.250  0.500   0.625    0.750
  rebalanced     74  520   0.925      0.125  0.250  0.500   0.625    0.754
  * recall at the false-positive rate of the under-sampled one

  Against under-sampling alone: 14 more of 80 "fraud" rows found, 120 more
  false alarms; at the same false-positive rate recall changes by +0.4 points.

  Rebalance: it finds 14 more of 80 "fraud" rows than under-sampling does.

  out/cards/report.html
  out/cards/train.csv
  out/cards/test.csv
`);
  });

  it('shows the published strategy where it is none of the three', () => {
    const { counts, metrics } = fakeManifest();
    const manifest = fakeManifest({
      strategy: 'over-sampling@2',
      counts: { ...counts, published: { majority: 15_680, minority: 7840 } },
      metrics: { ...metrics, published: scores(70, 300) },
    });
    const text = summary(manifest, OPTIONS);
    expect(text).toContain(
      '  training, rebalanced       512               512    1.0\n  training, published     15,680             7,840    2.0\n',
    );
    expect(text).toContain('  over-sampling@2  70  300   0.875      0.189  0.250  0.500   0.625    0.750\n');
  });

  it('shows it, too, where it is one of the three at another threshold', () => {
    const { metrics } = fakeManifest();
    const published = scores(10, 1);
    const text = summary(fakeManifest({ strategy: 'none', metrics: { ...metrics, published } }), OPTIONS);
    expect(text).toContain('\n  none           10    1   0.125 ');
    const same = fakeManifest({ strategy: 'none', metrics: { ...metrics, published: metrics.observed } });
    expect(summary(same, OPTIONS)).not.toContain('\n  none ');
  });

  it('shows usable rows where they are others, and dashes where there is no score', () => {
    const { counts, metrics } = fakeManifest();
    const manifest = fakeManifest({
      counts: { ...counts, usable: { majority: 19_000, minority: 390 } },
      metrics: { ...metrics, observed: scores(0, 0, { precision: null }) },
    });
    const text = summary(manifest, OPTIONS);
    expect(text).toContain('  usable                  19,000               390   48.7\n');
    expect(text).toMatch(/as it is +0 +0 +0\.000 +- /);
  });

  it('fits 80 columns with the widest numbers and labels there are, and lets no label command the terminal', () => {
    const { counts, request } = fakeManifest();
    const wide = scores(12_345_678, 123_456_789, { recall: 0.5, precision: 0.5, mcc: -0.123 });
    const manifest = fakeManifest({
      counts: { ...counts, read: { majority: 123_456_789, minority: 12_345_678 } },
      metrics: { observed: wide, undersampled: wide, rebalanced: wide, published: wide },
      strategy: 'sqrt-class-weights',
      verdict: `Rebalance\u001b[2J ${'値段 '.repeat(60)}`,
      request: { ...request, target: { column: 'c', minority: `値\u001b[2J\n${'値段'.repeat(30)}` } },
    });
    const text = summary(manifest, OPTIONS);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });
});
