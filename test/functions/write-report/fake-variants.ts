import { type Report, reportSchema } from '../../../contracts/report.ts';
import { fakeReport } from './fake-report.ts';

/** Names as data can hold them: each would do harm, or come out wrong, where it is not escaped for the place it stands in. */
export const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '"><img src=x onerror=alert(3)>',
  "' onmouseover='alert(4)",
  '<!--',
  '-->',
  ']]>',
  '</style><style>*{display:none}</style>',
  '</svg><svg onload=alert(5)>',
  '</text><text>',
  '&lt;b&gt; &amp; &#0; &nbsp;',
  '$' + '{alert(6)} {{7*7}} `x`',
  'javascript:alert(8)',
  'line\u2028and\u2029paragraph\nbreak\ttab',
  'null\u0000 bell\u0007 escape\u001b[31m delete\u007f',
  '\u202eright to left override',
  'שלום עולם مرحبا',
  '👩‍👩‍👧‍👦🏳️‍🌈 naïve e\u0301',
  '\ud800 lone surrogate',
  'x'.repeat(5000),
  'many words '.repeat(300),
  ' ',
  '__proto__',
  '{"a":[1,2]}\\',
  "datum['value']",
] as const;

/** Fields of a report that hold what people wrote: names, levels, labels, places, sentences. */
const WRITTEN = new Set(
  'name label step headline reasons uri command treatment column minority majority levels generator file intervals versionId ignore execution'.split(
    ' ',
  ),
);

/** Hostile names wherever a report can hold a text that came from data, from file names or from the command line. */
export function hostileReport(): Report {
  let next = 0;
  const hostile = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return WRITTEN.has(key) ? HOSTILE_NAMES[next++ % HOSTILE_NAMES.length] : value;
    if (Array.isArray(value)) return value.map((element) => hostile(element, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hostile(inner, name)]));
  };
  const report = fakeReport();
  const { dataset, target, output } = report.request;
  const written = { dataset: { ...dataset, ignore: ['a', 'b'] }, target, output };
  const texts = hostile({ ...report, request: written, dataset: { ...report.dataset, versionId: 'v' } }, '') as Report;
  return reportSchema.parse({ ...texts, request: { ...report.request, ...texts.request } });
}

const NOT_COMPARED = { comparison: null, verdict: { headline: 'Done.', reasons: [], prefer: null } };

/** Every kind of report that is not the usual one. */
export const VARIANTS: Readonly<Record<string, () => Report>> = {
  'without a comparison': () => {
    const { request } = fakeReport();
    const evaluation = { ...request.evaluation, strategies: [] };
    return fakeReport({ ...NOT_COMPARED, request: { ...request, evaluation } });
  },
  'of too few rows to compare': () => fakeReport(NOT_COMPARED),
  'without synthetic rows': () => {
    const { provenance, flow, projection, domain } = fakeReport();
    return fakeReport({
      distributions: [],
      provenance: { ...provenance, rows: 0, file: null, discriminability: null, duplicateShare: null },
      flow: flow.map((step) => ({ ...step, syntheticMinority: 0 })),
      projection: { ...projection, points: projection.points.filter(({ kind }) => kind !== 'synthetic') },
      domain: { ...domain, synthetic: { rows: 0, outside: 0 } },
    });
  },
  'of a single column': () => {
    const { columns, distributions, projection } = fakeReport();
    return fakeReport({
      columns: [columns[0], columns[columns.length - 1]],
      distributions: [distributions[0]],
      projection: { explained: [1, 0], points: projection.points.map((point) => ({ ...point, y: 0 })) },
    });
  },
  'without calibration, benefits or rules': () => {
    const { thresholds } = fakeReport();
    return fakeReport({ calibration: null, thresholds: { ...thresholds, benefit: null, byRule: [] } });
  },
  'of undefined metrics': undefinedMetrics,
  'of constant scores': constantScores,
  'of a million rows': millionRows,
  'of columns without values': () => {
    const none = { edges: [], observed: [], synthetic: [], distance: null };
    const distributions: Report['distributions'] = [
      { kind: 'numeric', name: 'empty', ...none },
      { kind: 'numeric', name: 'constant', edges: [3, 3], observed: [1], synthetic: [1], distance: 0 },
      { kind: 'categorical', name: '', levels: [], observed: [], synthetic: [], distance: null },
    ];
    return fakeReport({ distributions });
  },
};

/** Every number that may be null is. */
function undefinedMetrics(): Report {
  const nothing = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(nothing);
    if (typeof value !== 'object' || value === null) return value;
    if ('estimate' in value) return { estimate: null, low: null, high: null };
    const entries = Object.entries(value).map(([key, inner]) => {
      const nullable = [
        'expectedCalibrationError',
        'brier',
        'logLoss',
        'distance',
        'discriminability',
        'duplicateShare',
      ];
      return [key, nullable.includes(key) && typeof inner === 'number' ? null : nothing(inner)];
    });
    return Object.fromEntries(entries);
  };
  return reportSchema.parse(nothing(fakeReport()));
}

/** A model that says the same of every row has one operating point to each side, and no curves to speak of. */
function constantScores(): Report {
  const { test, thresholds, calibration } = fakeReport();
  return fakeReport({
    test: { ...test, results: test.results.map((result) => ({ ...result, roc: [], precisionRecall: [] })) },
    thresholds: {
      ...thresholds,
      chosen: 0.5,
      byRule: [],
      points: [{ threshold: 0.5, probability: 0.5, truePositives: 0, falsePositives: 0 }],
    },
    calibration: calibration && {
      used: 'none',
      test: { ...calibration.test, none: { ...calibration.test.none, bins: [] } },
    },
  });
}

function millionRows(): Report {
  const rows = { majority: 998_800, minority: 1200 };
  const { test, flow, thresholds } = fakeReport();
  const counts = { truePositives: 1100, falseNegatives: 100, falsePositives: 123_456, trueNegatives: 875_344 };
  return fakeReport({
    test: { ...test, rows, results: test.results.map((result) => ({ ...result, counts })) },
    flow: flow.map((step, i) => ({
      ...step,
      majority: i < 4 ? 4_000_000 : 6000,
      observedMinority: 4800,
      syntheticMinority: i < 3 ? 0 : 1200,
    })),
    thresholds: {
      ...thresholds,
      points: thresholds.points.map((point, i) => ({
        ...point,
        truePositives: Math.min(1200, 6 * i),
        falsePositives: Math.min(998_800, i ** 2 * 24),
      })),
    },
  });
}
