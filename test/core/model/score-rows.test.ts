import { describe, expect, it } from 'vitest';
import { priorCorrection } from '../../../core/evaluation/calibration/prior-correction.ts';
import { InvalidRowsError } from '../../../core/model/errors.ts';
import { scoreRows, scoringRows } from '../../../core/model/score-rows.ts';
import { encodeFeatures } from '../../../core/table/feature-encoder.ts';
import { type CategoricalColumn, type Table, takeRows } from '../../../core/table/table.ts';
import { fraudModel, payments } from './fraud-model.ts';

const model = fraudModel();
const { table } = payments();

describe('scoreRows', () => {
  it('gives what the parts of the model give', () => {
    const calibrator = priorCorrection(0.5, 0.2, 'probability');
    const scored = scoreRows(fraudModel({ calibrator }), table);
    const scores = model.learner.scores(encodeFeatures(model.encoder, table));
    expect(scored.scores).toEqual(scores);
    expect(new Set(scores).size).toBeGreaterThan(3);
    expect(scored.probabilities).toEqual(calibrator.probabilities(scores));
    expect(scored.domainScores).toEqual(model.domain.score(table));
    expect(scored.inDomain).toEqual(model.domain.contains(table));
    expect(scored.inDomain.filter((inside) => inside === 0).length).toBeGreaterThan(0);
    expect(scored.unseen).toEqual([]);
  });

  it('calls a row minority from the threshold on', () => {
    const { scores } = scoreRows(model, table);
    const [low, high] = [Math.min(...scores), Math.max(...scores)];
    for (const threshold of [low, high, (low + high) / 2, high + 1]) {
      const { predictions } = scoreRows(model, table, { threshold });
      expect(predictions).toEqual(Uint8Array.from(scores, (score) => Number(score >= threshold)));
    }
  });

  it('takes the threshold of the model, or leaves it to the learner', () => {
    const { scores } = scoreRows(model, table);
    const tied = scores.find((score) => score > 0 && score < 1) as number;
    expect(scoreRows(fraudModel({ threshold: tied }), table).predictions).toEqual(
      Uint8Array.from(scores, (score) => Number(score >= tied)),
    );
    const byLearner = model.learner.predict(encodeFeatures(model.encoder, table));
    expect(scoreRows(fraudModel({ threshold: null }), table).predictions).toEqual(byLearner);
    expect(scoreRows(model, table, { threshold: null }).predictions).toEqual(byLearner);
  });

  it('scores the same in any order of rows and columns, whatever else is in the table', () => {
    const order = Int32Array.from({ length: table.rows }, (_, row) => (row * 37) % table.rows);
    const shuffled = takeRows(table, order);
    const scored = scoreRows(model, table);
    const others = scoreRows(model, {
      rows: table.rows,
      columns: [
        { kind: 'numeric', name: 'other', integer: true, values: new Float64Array(table.rows) },
        ...shuffled.columns.toReversed(),
      ],
    });
    for (const key of ['scores', 'probabilities', 'predictions', 'domainScores', 'inDomain'] as const) {
      expect(Array.from(others[key])).toEqual(Array.from(order, (row) => scored[key][row]));
    }
  });

  it('takes an unseen level for a missing one in the learner, and for a strange one in the domain', () => {
    const withCountry = (levels: readonly string[], code: number): Table => {
      const columns = takeRows(table, [1]).columns.map((column) =>
        column.name === 'country' ? ({ ...column, levels, codes: Int32Array.of(code) } as CategoricalColumn) : column,
      );
      return { rows: 1, columns };
    };
    const missing = scoreRows(model, withCountry(['DE', 'FR', 'US'], -1));
    const unseen = scoreRows(model, withCountry(['BR'], 0));
    expect(unseen.scores).toEqual(missing.scores);
    expect(unseen.domainScores[0]).toBeLessThan(missing.domainScores[0]);
    expect(missing.unseen).toEqual([]);
    expect(unseen.unseen).toEqual([{ column: 'country', rows: 1, levels: ['BR'] }]);
  });

  it('goes in steps that make no difference', () => {
    const many = takeRows(
      table,
      Int32Array.from({ length: 20_000 }, (_, row) => row % table.rows),
    );
    const once = scoreRows(model, table);
    const steps: number[] = [];
    const work = scoringRows(model, many);
    let step = work.next();
    for (; !step.done; step = work.next()) steps.push(step.value);
    expect(steps).toEqual([8192, 2 * 8192, 20_000]);
    for (const key of ['scores', 'domainScores'] as const) {
      const expected = Float64Array.from({ length: many.rows }, (_, row) => once[key][row % table.rows]);
      expect(step.value[key]).toEqual(expected);
    }
  });

  it('takes numbers far beyond the training rows for strange, up to what a feature holds', () => {
    const withAmount = (amount: number): Table => {
      const columns = takeRows(table, [1, 2]).columns.map((column) =>
        column.name === 'amount' && column.kind === 'numeric'
          ? { ...column, values: Float64Array.of(3, amount) }
          : column,
      );
      return { rows: 2, columns };
    };
    expect(scoreRows(model, withAmount(-1e38)).inDomain[1]).toBe(0);
    expect(() => scoreRows(model, withAmount(1e300), { name: 'rows.csv' })).toThrow(
      new InvalidRowsError(
        'rows.csv, row 2, column "amount": found 1e+300, needed a number nearer to those that the model was trained on',
      ),
    );
  });

  it('scores no rows', () => {
    const { scores, predictions, inDomain } = scoreRows(model, takeRows(table, []));
    expect([scores.length, predictions.length, inDomain.length]).toEqual([0, 0, 0]);
  });
});
