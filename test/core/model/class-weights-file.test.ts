import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classWeightsFileSchema } from '../../../contracts/class-weights-file.ts';
import { InvalidArgumentError } from '../../../core/errors.ts';
import { classWeightsFile } from '../../../core/model/class-weights-file.ts';

const TARGET = { column: 'outcome', minority: 'fraud', majority: 'fine' };

/** By golden/class-weights.py. */
const GOLDEN: { majority: number; minority: number; balanced: Record<string, number> }[] = JSON.parse(
  readFileSync(new URL('golden/class-weights.json', import.meta.url), 'utf8'),
);

describe('classWeightsFile', () => {
  it.each(GOLDEN)('is balanced as scikit-learn’s weights are: $majority to $minority', ({ balanced, ...counts }) => {
    for (const ratio of [1, 3]) {
      const { schemes } = classWeightsFile(TARGET, counts, ratio, 'text');
      expect(schemes.balanced.class_weight).toEqual(balanced);
      expect(schemes.balanced.scale_pos_weight).toBeCloseTo(counts.majority / counts.minority, 9);
      expect(schemes.balanced.ratio).toBeCloseTo(1, 12);
    }
    const { class_weight } = classWeightsFile(TARGET, counts, 1, 'text').schemes.sqrt;
    expect(class_weight).toEqual({ fine: Math.sqrt(balanced.fine), fraud: Math.sqrt(balanced.fraud) });
  });

  it.each([0.5, 1, 2, 3, 8.9])('weighs the classes to the ratio that was asked for, at a mean of 1: %d', (ratio) => {
    const [majority, minority] = [900, 100];
    const file = classWeightsFile(TARGET, { majority, minority }, ratio, 'text');
    const { fine, fraud } = file.classes;
    expect((fine * majority) / (fraud * minority)).toBeCloseTo(ratio, 12);
    expect((fine * majority + fraud * minority) / (majority + minority)).toBeCloseTo(1, 12);
    expect(file.schemes.asked).toEqual({
      ratio: expect.closeTo(ratio, 12),
      class_weight: file.classes,
      scale_pos_weight: fraud / fine,
    });
    expect(file.schemes.asked.scale_pos_weight).toBeCloseTo(majority / (minority * ratio), 12);
  });

  it.each([
    [4, { majority: 4139, minority: 1495 }, 4139 / 1495],
    [9, { majority: 900, minority: 100 }, 900 / 100],
    [50, { majority: 85, minority: 20 }, 85 / 20],
  ])('weighs no minority row down where the rows stand at a lower ratio than %d: %j', (asked, counts, own) => {
    const file = classWeightsFile(TARGET, counts, asked, 'text');
    expect(file.askedRatio).toBe(asked);
    expect(file.ratio).toBe(own);
    expect(file.classes).toEqual({ fine: 1, fraud: 1 });
    expect(file.schemes.asked).toEqual({ ratio: own, class_weight: { fine: 1, fraud: 1 }, scale_pos_weight: 1 });
  });

  it('is what the contract says, after it was written and read', () => {
    const file = classWeightsFile(TARGET, { majority: 98, minority: 2 }, 3, 'text');
    expect(classWeightsFileSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    expect(file).toMatchObject({
      format: 'counterpoise-class-weights',
      version: 1,
      target: TARGET,
      counts: { majority: 98, minority: 2 },
      askedRatio: 3,
      ratio: 3,
      classes: { fine: (100 * 3) / (4 * 98), fraud: 100 / (4 * 2) },
    });
  });

  it.each([
    ['text', 'no', 'it\'s "yes"', '"no"', '"it\'s \\"yes\\""'],
    ['number', '0', '1', '0', '1'],
    ['boolean', 'false', 'true', 'False', 'True'],
    ['boolean', 'TRUE', 'FALSE', 'True', 'False'],
  ] as const)('shows its use with labels as Python has them: %s %s, %s', (type, majority, minority, no, yes) => {
    const target = { column: 'y', minority, majority };
    const { usage, classes } = classWeightsFile(target, { majority: 3, minority: 1 }, 1, type);
    const key = (label: string) => `weights["classes"][${JSON.stringify(label)}]`;
    expect(usage['scikit-learn']).toBe(
      `DecisionTreeClassifier(class_weight={${no}: ${key(majority)}, ${yes}: ${key(minority)}}).fit(X, y)`,
    );
    expect(usage.xgboost).toContain(`.fit(X, y == ${yes})`);
    expect(usage.lightgbm).toContain(`.fit(X, y == ${yes})`);
    expect(Object.keys(classes).toSorted()).toEqual([majority, minority].toSorted());
  });

  it('keeps odd labels apart', () => {
    const target = { column: 'y', minority: '__proto__', majority: '0' };
    const { classes } = classWeightsFile(target, { majority: 3, minority: 1 }, 1, 'text');
    expect(Object.entries(classes)).toEqual([
      ['0', 4 / (2 * 3)],
      ['__proto__', 4 / 2],
    ]);
  });

  it.each([
    [{ majority: 5, minority: 0 }, 1, 'class weights: found 0 minority rows, needed at least 1'],
    [{ majority: 5, minority: 1 }, 0, 'class weights, ratio: found 0, needed a positive finite number'],
  ])('refuses %j at %d', (counts, ratio, message) => {
    expect(() => classWeightsFile(TARGET, counts, ratio, 'text')).toThrow(new InvalidArgumentError(message));
  });
});
