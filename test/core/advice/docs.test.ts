import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../core/advice/advise.ts';
import type { Rule } from '../../../core/advice/rule.ts';
import { SOURCES, shortSource } from '../../../core/advice/sources.ts';

const page = readFileSync(new URL('../../../docs/advice.md', import.meta.url), 'utf8');
const [rulesPart, rest] = page.split('\n## The rules\n')[1].split('\n## How the advice does\n');
const references = rest.split('\n## References\n')[1];

/** Line breaks of the page are nobody's business. */
const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

const sections = new Map(
  rulesPart
    .split('\n### ')
    .slice(1)
    .map((section) => [/^`(.*)`/.exec(section)?.[1] ?? section, flat(section)]),
);

function expectedSource({ sources, ownThreshold }: Rule): string {
  const own = ownThreshold === undefined ? [] : [`the threshold is our own: ${ownThreshold}`];
  return `**Source:** ${[...sources.map(shortSource), ...own].join('; ')}.`;
}

describe('docs/advice.md', () => {
  it('has every rule, in the order in which they are followed, and no other', () => {
    expect([...sections.keys()]).toEqual(RULES.map(({ id }) => id));
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))(
    '%s: with its condition, its advice and its sources',
    (id, rule) => {
      const section = sections.get(id);
      expect(section).toContain(`**When:** ${rule.when}.`);
      expect(section).toContain(expectedSource(rule));
      if (typeof rule.advice === 'string') expect(section).toContain(rule.advice);
    },
  );

  it('has every source that a rule leans on in full, and no other', () => {
    const used = Object.entries(SOURCES).filter(([name]) =>
      RULES.some(({ sources }) => sources.some((s) => s === name)),
    );
    expect(used.length).toBe(Object.keys(SOURCES).length);
    const listed = references.split('\n- ').map(flat).filter(Boolean);
    expect(listed).toEqual(used.map(([, text]) => text));
  });
});

describe('shortSource', () => {
  it('names up to two authors and the year', () => {
    expect(shortSource('elkan2001')).toBe('Elkan 2001');
    expect(shortSource('king2001')).toBe('King & Zeng 2001');
    expect(shortSource('grinsztajn2022')).toBe('Grinsztajn et al. 2022');
    expect(shortSource('peduzzi1996')).toBe('Peduzzi et al. 1996');
    expect(shortSource('google')).toBe('Google for Developers');
  });
});
