import { describe, expect, it } from 'vitest';
import { MAPPED_STATE } from '../../../contracts/states.ts';
import type { FoldItem } from '../../../contracts/workflow.ts';
import { FoldNews } from '../../../local/run/fold-news.ts';

const A: FoldItem = { strategy: 'none', repeat: 0, fold: 0 };
const B: FoldItem = { strategy: 'none', repeat: 0, fold: 1 };
const state = MAPPED_STATE;

describe('FoldNews', () => {
  it('starts with the first fold, counts each one that is done, and has succeeded with the last', () => {
    const news = new FoldNews(2);
    expect(news.isRunning).toBe(false);
    expect(news.started(A, 10)).toEqual([{ type: 'state-started', state, attempt: 1 }]);
    expect(news.started(B, 11)).toEqual([]);
    expect(news.isRunning).toBe(true);
    expect(news.succeeded(B, 15)).toEqual([
      { type: 'fold-evaluated', state, ...B, done: 1, of: 2, durationMs: 15 - 11 },
    ]);
    expect(news.succeeded(A, 19)).toEqual([
      { type: 'fold-evaluated', state, ...A, done: 2, of: 2, durationMs: 19 - 10 },
      { type: 'state-succeeded', state, attempt: 1, durationMs: 19 - 10 },
    ]);
    expect(news.isRunning).toBe(false);
  });

  it('counts the attempts of each fold by itself, and their time', () => {
    const news = new FoldNews(2);
    news.started(A, 0);
    news.started(B, 0);
    expect(news.failed(B, 4, 'StoreUnavailableError', 'resting')).toEqual([
      {
        type: 'state-failed',
        state,
        ...B,
        attempt: 1,
        durationMs: 4,
        error: 'StoreUnavailableError',
        cause: 'resting',
      },
    ]);
    expect([news.isOpen(A), news.isOpen(B)]).toEqual([true, false]);
    expect(news.started(B, 6)).toEqual([{ type: 'state-started', state, ...B, attempt: 2 }]);
    expect(news.failed(A, 7, 'E', 'c')).toMatchObject([{ ...A, attempt: 1, durationMs: 7 }]);
    expect(news.succeeded(B, 9)).toMatchObject([{ ...B, done: 1, durationMs: 9 - 6 }]);
  });
});
