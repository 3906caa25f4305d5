import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HAPPY_PATH } from '../../contracts/states.ts';
import { ofType, parseDefinition, synthesizeStack } from './synthesize.ts';

const { resources } = synthesizeStack();

interface Options {
  readonly id: string;
  readonly expression?: string;
}

/** A metric as dashboards write it: namespace, name and dimensions in a row, then how it is drawn. */
type Drawn = readonly (string | Options)[];

/** The widget with this title. References in the dashboard's text become their logical ids. */
function widget(title: string): { metrics: Drawn[] } {
  const [dashboard] = Object.values(ofType(resources, 'AWS::CloudWatch::Dashboard'));
  const parts: unknown[] = dashboard.Properties.DashboardBody['Fn::Join'][1];
  const text = parts.map((part) =>
    typeof part === 'string'
      ? part
      : Object.values(part as object)
          .flat()
          .join('.'),
  );
  const widgets: { properties: { title?: string; metrics: Drawn[] } }[] = JSON.parse(text.join('')).widgets;
  return widgets.map(({ properties }) => properties).find((properties) => properties.title === title)!;
}

// biome-ignore lint/suspicious/noExplicitAny: the definition's states are looked into, whatever their type
type Definition = any;

/** How many states are entered from this one to the end, where nothing fails. */
function enteredFrom({ States }: Definition, name: string): number {
  const { Next, Branches = [] } = States[name];
  const within: number[] = Branches.map((branch: Definition) => enteredFrom(branch, branch.StartAt));
  return within.reduce((sum, each) => sum + each, 1) + (Next ? enteredFrom({ States }, Next) : 0);
}

/** Seven types of strategies on five folds. */
const SAMPLE_FOLDS = 30;

describe('the cost of a run on the dashboard', () => {
  const { metrics } = widget('Cost of a run that went well, in US dollars: an estimate');
  const [sum, ...steps] = metrics.map((row) => ({ named: row.slice(0, -1), ...(row.at(-1) as Options) }));

  it('adds up the gigabyte-seconds of a day’s steps, and counts its runs and folds', () => {
    const drawn = (state: string, id: string, stat: string, metric = 'GigabyteSeconds') =>
      expect.objectContaining({
        named: ['Counterpoise', metric, 'service', expect.any(String), 'state', state],
        id,
        stat,
        period: 24 * 60 * 60,
        visible: false,
      });
    expect(steps).toEqual([
      ...HAPPY_PATH.map((state, index) => drawn(state, `step${index}`, 'Sum')),
      // Gigabyte-seconds are of functions; how long a run took is told wherever it publishes.
      drawn('PublishDataset', 'runs', 'SampleCount', 'RunDuration'),
      drawn('EvaluateFold', 'folds', 'SampleCount', 'StepDuration'),
    ]);
  });

  it('comes to what docs/deploying.md says of the sample', () => {
    // Its seconds at 512, 1,769 and 3,008 MB.
    const gigabyteSeconds = (0.12 * 512 + 14.05 * 1769 + 0.4 * 3008) / 1024;
    const ids = steps.map(({ id }) => id);
    const costOf = new Function('FILL', ...ids, `return ${sum.expression}`);
    const fill = (value: number | undefined, otherwise: number) => value ?? otherwise;
    const [runs, folds] = [2, 2 * SAMPLE_FOLDS];
    const values = ids.map((id) => ({ step0: runs * gigabyteSeconds, runs, folds })[id]);
    const cost = costOf(fill, ...values);
    expect(cost).toBeCloseTo(gigabyteSeconds * 0.00001667 + (17 + SAMPLE_FOLDS) * (0.025 / 1000), 12);
    const guide = readFileSync(new URL('../../docs/deploying.md', import.meta.url), 'utf8');
    const [row] = /^\| the bundled sample .*$/m.exec(guide)!;
    expect(row.endsWith(`| $${cost.toFixed(4)} |`)).toBe(true);
  });

  it('counts as many state transitions as a run makes that goes well', () => {
    const definition = parseDefinition(resources, (id) => `arn:aws:lambda:eu-central-1:111122223333:function:${id}`);
    expect(sum.expression).toContain(` + (${enteredFrom(definition, HAPPY_PATH[0])} + FILL(folds, 0) / runs) * `);
  });
});
