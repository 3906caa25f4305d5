import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidArgumentError } from '../../core/errors.ts';
import { evaluateBars } from '../bars.ts';
import { FOLDS, SPLIT, TENTHS } from '../protocol.ts';
import type { SeedResult } from '../study.ts';
import { summarize } from '../summary.ts';
import { insertMeasured, renderMeasured } from './markdown.ts';
import { NEW_PAGE } from './page.ts';
import { comparisonPlot, mixingPlot } from './plots.ts';
import { renderSvg } from './svg.ts';

/**
 * Makes the folder of the outputs and looks whether the page beside it has a place for figures: asked now, not after minutes.
 *
 * @throws InvalidArgumentError where there is none
 */
export function requirePlace(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    insertMeasured(readPage(folder), '');
  } catch (thrown) {
    throw new InvalidArgumentError(`--out ${folder}: ${(thrown as Error).message}`);
  }
}

/**
 * Writes `paper.json` and the plots into a folder, and the tables into the page beside it, `<folder>.md`: between its marks,
 * so that what people wrote around them stays. The same results give the same bytes.
 *
 * @param folder one that `requirePlace` has looked at
 * @returns the bars, a line for each, for whoever runs it
 */
export async function writeReport(results: readonly SeedResult[], folder: string): Promise<string> {
  const learners = summarize(results);
  const bars = evaluateBars(learners);
  const page = insertMeasured(readPage(folder), renderMeasured(results, learners, bars, basename(folder)));
  const mixing = await renderSvg(mixingPlot(learners));
  const comparison = await renderSvg(comparisonPlot(learners));
  const data = { protocol: { split: SPLIT, folds: FOLDS, tenths: TENTHS }, bars, learners, seeds: results };
  writeFileSync(join(folder, 'mixing-ratio.svg'), mixing);
  writeFileSync(join(folder, 'observed-versus-proposed.svg'), comparison);
  writeFileSync(join(folder, 'paper.json'), `${JSON.stringify(data)}\n`);
  writeFileSync(pageBeside(folder), page);
  return bars.map(({ claim, met, found }) => `${verdict(met)}  ${claim}: ${found}`).join('\n');
}

function readPage(folder: string): string {
  const page = pageBeside(folder);
  return existsSync(page) ? readFileSync(page, 'utf8') : NEW_PAGE;
}

function pageBeside(folder: string): string {
  return `${folder}.md`;
}

function verdict(met: boolean | null): string {
  if (met === null) return 'not measured';
  return met ? 'met         ' : 'MISSED      ';
}
