import { describe, expect, it } from 'vitest';
import { fitIsotonic } from '../../../core/evaluation/calibration/isotonic.ts';
import { fitPlatt } from '../../../core/evaluation/calibration/platt.ts';
import { InvalidModelError } from '../../../core/model/errors.ts';
import { parseScoringModel, scoringModelFromJSON, scoringModelToJSON } from '../../../core/model/model-json.ts';
import { scoreRows } from '../../../core/model/score-rows.ts';
import { fraudModel, payments } from './fraud-model.ts';

type Json = Record<string, unknown>;

const { table, labels } = payments();
const model = fraudModel();

/** As it lies in a file. */
function written(from = model): Json {
  return JSON.parse(JSON.stringify(scoringModelToJSON(from)));
}

describe('a published model', () => {
  it('scores the same after it was written and read', () => {
    const { scores } = scoreRows(model, table);
    for (const changed of [
      {},
      { threshold: null },
      { calibrator: fitPlatt(labels, scores), calibration: 'platt' as const },
      { calibrator: fitIsotonic(labels, scores), calibration: 'isotonic' as const },
    ]) {
      const before = fraudModel(changed);
      const after = scoringModelFromJSON(written(before));
      expect(scoreRows(after, table)).toEqual(scoreRows(before, table));
      expect(written(after)).toEqual(written(before));
    }
  });

  it('says what it is, first of all', () => {
    expect(Object.entries(written()).slice(0, 6)).toEqual([
      ['format', 'counterpoise-model'],
      ['version', 1],
      ['counterpoise', '0.1.0'],
      ['execution', 'test-run'],
      ['strategy', 'none'],
      ['target', { column: 'outcome', minority: 'fraud', majority: 'fine' }],
    ]);
  });

  it('is read from text, with a byte order mark or without', () => {
    const text = JSON.stringify(written());
    for (const file of [text, `\uFEFF${text}`]) expect(parseScoringModel(file).execution).toBe('test-run');
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'm.json: found no format, needed "counterpoise-model": this is no model of Counterpoise'],
    [
      'another format',
      { format: 'counterpoise-class-weights', version: 1 },
      'm.json: found the format "counterpoise-class-weights", needed "counterpoise-model": this is no model of Counterpoise',
    ],
    [
      'a version from the future',
      { ...written(), version: 2 },
      'm.json: found version 2 of the model format, needed 1 at most: a newer release wrote it; update Counterpoise to read it',
    ],
    [
      'no version',
      { ...written(), version: 'one' },
      'm.json: found version "one" of the model format, needed 1; the model is damaged',
    ],
    [
      'a part that is missing',
      { ...written(), target: { column: 'outcome', minority: 'fraud' } },
      'm.json, target.majority: found nothing, needed a text; the model is damaged',
    ],
    [
      'a threshold that is none',
      { ...written(), threshold: '0.5' },
      'm.json, threshold: found "0.5", needed a number; the model is damaged',
    ],
    [
      'a column of no kind',
      { ...written(), columns: [{ kind: 'ordinal', name: 'amount' }] },
      'm.json, columns[0].kind: found "ordinal", needed one of numeric, categorical; the model is damaged',
    ],
    [
      'a learner of no type',
      { ...written(), learner: { type: 'oracle' } },
      'm.json, learner: found a part that cannot be used (saved learner: found type "oracle", needed ',
    ],
    ['no calibrator', { ...written(), calibrator: null }, 'm.json, calibrator: found a part that cannot be used ('],
    ['a domain of nothing', { ...written(), domain: {} }, 'm.json, domain: found a part that cannot be used ('],
  ])('refuses %s', (_, json, message) => {
    const refused = () => scoringModelFromJSON(json, 'm.json');
    expect(refused).toThrow(InvalidModelError);
    expect(refused).toThrow(message);
  });

  it('refuses any part that is missing, by its name', () => {
    for (const key of Object.keys(written())) {
      const { [key]: _, ...rest } = written();
      expect(() => scoringModelFromJSON(rest, 'm.json'), key).toThrow(InvalidModelError);
      if (key !== 'format' && key !== 'version') expect(() => scoringModelFromJSON(rest), key).toThrow(`model, ${key}`);
    }
  });

  it('refuses text that is no JSON', () => {
    const text = JSON.stringify(written()).slice(0, 500);
    const refused = () => parseScoringModel(text, 'm.json');
    expect(refused).toThrow(InvalidModelError);
    expect(refused).toThrow(/^m\.json: found what is no JSON \(.+\), needed a model of Counterpoise$/s);
  });
});

describe('createScoringModel', () => {
  const { encoder, columns } = model;
  it.each<[string, Parameters<typeof fraudModel>[0], string]>([
    [
      'columns that are not the encoder’s',
      { columns: columns.slice(1) },
      'model: found the columns country, online, day, zone and an encoder of amount, country, online, day, zone, needed ' +
        'the same columns, kinds and levels',
    ],
    [
      'levels that are not the encoder’s',
      {
        columns: columns.map((column) =>
          column.kind === 'categorical' ? { ...column, levels: column.levels.slice(1) } : column,
        ),
      },
      'needed the same columns, kinds and levels',
    ],
    ['an encoder of another width', { encoder: { ...encoder, width: 3 } }, 'needed the same columns, kinds and levels'],
    [
      'one label for both classes',
      { target: { column: 'outcome', minority: 'fine', majority: 'fine' } },
      'model, target "outcome": found the label "fine" for both classes, needed two',
    ],
    ['a threshold that is no number', { threshold: Number.NaN }, 'model, threshold: found NaN, needed a finite number'],
    [
      'a threshold of a rule that no JSON holds',
      { thresholds: [{ rule: 'youden', label: 'J', threshold: Number.POSITIVE_INFINITY }] },
      'model, threshold of youden: found Infinity, needed a finite number',
    ],
  ])('refuses %s', (_, changed, message) => {
    expect(() => fraudModel(changed)).toThrow(InvalidModelError);
    expect(() => fraudModel(changed)).toThrow(message);
  });

  it('refuses a learner of another width', () => {
    const narrow = {
      ...model.learner,
      scores: () => {
        throw new Error('another width');
      },
    };
    expect(() => fraudModel({ learner: narrow })).toThrow(
      'model, learner: found a part that cannot be used (another width); publish it again',
    );
  });
});
