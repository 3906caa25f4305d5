import type { Advice, Finding } from '../../core/advice/advise.ts';
import type { SuggestedSettings } from '../../core/advice/rule.ts';
import { count, countOf, percent, tenths } from '../../core/counting.ts';
import { wrapWords } from '../display/format.ts';
import type { Paint } from '../display/paint.ts';
import { safeText } from '../display/safe-text.ts';
import type { DatasetFacts } from './profile-table.ts';

const WIDTH = 78;

const STRATEGIES: Readonly<Record<string, string>> = {
  none: 'trained on the rows as they are',
  threshold: 'trained on the rows as they are, its threshold moved',
};

export interface AdviceView {
  readonly name: string;
  readonly dataset: DatasetFacts;
  readonly advice: Advice;
  /** null where a run would refuse the table */
  readonly command: string | null;
}

/** The advice for people: what the table is like, what to try first, why, and the command for it. */
export function adviceText({ name, dataset, advice, command }: AdviceView, paint: Paint): string {
  return [
    paint('bold', safeText(name)),
    ...paragraph(describe(dataset, advice), 2),
    '',
    paint('bold', 'Try first'),
    ...paragraph(advice.settings ? firstThing(advice.settings) : 'Nothing yet: there are too few rows to run.', 2),
    '',
    paint('bold', 'Why, and what to mind'),
    ...advice.findings.flatMap((finding) => [...describeFinding(finding, paint), '']),
    paint('bold', 'Run next'),
    ...(command === null
      ? paragraph('Collect more rows, and ask again.', 2)
      : [
          `  ${safeText(command)}`,
          '',
          ...paragraph('It compares this with the other strategies on the same folds, and says which one did best.', 2),
        ]),
  ].join('\n');
}

function describe({ target, rows, usable, features }: DatasetFacts, { facts }: Advice): string {
  const left = rows - facts.rows;
  const incomplete = left > 0 ? ` (${countOf(left, 'incomplete row')} left out)` : '';
  return (
    `${countOf(facts.rows, 'row')}${incomplete}, ${count(usable.minority)} of them ` +
    `${JSON.stringify(safeText(target.minority))} in column ${JSON.stringify(safeText(target.column))} ` +
    `(${percent(facts.minorityShare)}, ${tenths(facts.ratio)}:1). ${countOf(features, 'column')} to learn from, ` +
    `${countOf(facts.dimensions, 'dimension')} once encoded, ${tenths(facts.minorityPerDimension)} minority rows for each.`
  );
}

function firstThing({ learner, strategy, costs }: SuggestedSettings): string {
  const what = `${learner}, ${STRATEGIES[strategy ?? 'none']}`;
  return costs ? `${what} to where errors cost least.` : `${what}.`;
}

function describeFinding({ rule, found, advice, sources }: Finding, paint: Paint): string[] {
  return [
    `  ${paint('bold', rule)}  ${found}`,
    ...paragraph(advice, 4),
    ...(sources.length === 0 ? [] : paragraph(sources.join('; '), 4).map((line) => paint('dim', line))),
  ];
}

function paragraph(text: string, indent: number): string[] {
  return wrapWords(text, WIDTH - indent).map((line) => ' '.repeat(indent) + line);
}
