import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../../core/errors.ts';
import { calibratorFromJSON } from '../../../../core/evaluation/calibration/calibrator-from-json.ts';
import { fitIsotonic } from '../../../../core/evaluation/calibration/isotonic.ts';
import { fitPlatt } from '../../../../core/evaluation/calibration/platt.ts';
import { priorCorrection } from '../../../../core/evaluation/calibration/prior-correction.ts';
import { uncalibrated } from '../../../../core/evaluation/calibration/uncalibrated.ts';
import { arbitraryScoredRows } from '../rows.ts';

describe('calibratorFromJSON', () => {
  it('restores every calibrator without loss', () => {
    fc.assert(
      fc.property(arbitraryScoredRows(), ({ labels, scores }) => {
        const calibrators = [
          fitPlatt(labels, scores),
          fitIsotonic(labels, scores),
          priorCorrection(0.5, 0.03, 'margin'),
          uncalibrated('margin'),
        ];
        for (const calibrator of calibrators) {
          const restored = calibratorFromJSON(JSON.parse(JSON.stringify(calibrator.toJSON())));
          expect(restored.probabilities(scores)).toEqual(calibrator.probabilities(scores));
          expect(JSON.stringify(restored.toJSON())).toBe(JSON.stringify(calibrator.toJSON()));
        }
      }),
    );
  });

  it('names what it cannot restore', () => {
    const restore = (json: unknown) => () => calibratorFromJSON(json);
    expect(restore(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved calibrator: found undefined, needed a type: uncalibrated, prior-correction, platt, isotonic]`,
    );
    expect(restore({ type: 'beta' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved calibrator: found {"type":"beta"}, needed a type: uncalibrated, prior-correction, platt, isotonic]`,
    );
    expect(restore({ type: 'uncalibrated' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved calibrator: found {"type":"uncalibrated"}, needed a scale, probability or margin]`,
    );
    expect(restore({ type: 'platt', slope: null, intercept: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved calibrator: found {"type":"platt","slope":null,"intercept":1}, needed a finite slope and intercept]`,
    );
    expect(restore({ type: 'isotonic', scores: [2, 1], probabilities: [0, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved calibrator: found {"type":"isotonic","scores":[2,1],"probabilities":[0,1]}, needed ascending scores, and as many probabilities from 0 to 1 that never descend]`,
    );
    expect(
      restore({ type: 'prior-correction', trainedMinorityShare: 0.5, trueMinorityShare: 1, scale: 'margin' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved calibrator: found {"type":"prior-correction","trainedMinorityShare":0.5,"trueMinorityShare":1,"sca, needed a trainedMinorityShare and trueMinorityShare between 0 and 1, and a scale]`,
    );
  });

  it('refuses whatever else it is given, by name', () => {
    const broken = [
      null,
      3,
      'platt',
      [],
      { type: 'platt' },
      { type: 'platt', slope: 1 },
      { type: 'platt', slope: '1', intercept: 0 },
      { type: 'isotonic' },
      { type: 'isotonic', scores: [], probabilities: [] },
      { type: 'isotonic', scores: [1], probabilities: [0, 1] },
      { type: 'isotonic', scores: [1, 1], probabilities: [0, 1] },
      { type: 'isotonic', scores: [1, 2], probabilities: [1, 0] },
      { type: 'isotonic', scores: [1, 2], probabilities: [-0.1, 1] },
      { type: 'isotonic', scores: [1, 2], probabilities: [0, 1.1] },
      { type: 'isotonic', scores: [1, null], probabilities: [0, 1] },
      { type: 'isotonic', scores: 'ab', probabilities: 'cd' },
      { type: 'uncalibrated', scale: 'odds' },
      { type: 'prior-correction', trainedMinorityShare: 0.5, trueMinorityShare: 0.5 },
      { type: 'prior-correction', trainedMinorityShare: '0.5', trueMinorityShare: 0.5, scale: 'margin' },
    ];
    for (const json of broken) {
      expect(() => calibratorFromJSON(json), JSON.stringify(json)).toThrow(InvalidArgumentError);
    }
  });
});
