import { describe, expect, it } from 'vitest';
import { failureText, plainCause } from '../../../local/display/failure-text.ts';

describe('failureText', () => {
  it('speaks of a deployed run as one that was elsewhere', () => {
    expect(failureText({ error: 'TypeError', cause: 'x is not a function', deployed: true })).toBe(
      'TypeError: x is not a function\n' +
        'This is a fault of Counterpoise, not of your data. The logs of the functions show where it happened.\n' +
        'Nothing was published.',
    );
  });

  it('does not deny outputs that were in place before the failure', () => {
    expect(failureText({ error: 'States.TaskFailed', cause: 'no such bus', published: true })).toBe(
      'States.TaskFailed: no such bus\nThe outputs had been published, and are whole.',
    );
  });

  it('says what, why, and where it is recorded', () => {
    const failure = { error: 'UnknownTargetError', cause: 'There is no column "x".', record: 'out/a/manifest.json' };
    expect(failureText(failure)).toBe(
      'UnknownTargetError: There is no column "x".\nNothing was published. The failure is recorded in out/a/manifest.json',
    );
  });

  it('owns up to faults of the program', () => {
    expect(failureText({ error: 'TypeError', cause: 'x is not a function' })).toBe(
      'TypeError: x is not a function\n' +
        'This is a fault of Counterpoise, not of your data. With DEBUG=1 it shows where it happened.\n' +
        'Nothing was published.',
    );
  });

  it('does not let data speak to the terminal', () => {
    expect(failureText({ error: 'E', cause: 'column "\u001b[31mred\u0007"\nsecond line' })).toBe(
      'E: column "[31mred"\nsecond line\nNothing was published.',
    );
  });
});

describe('plainCause', () => {
  it('is the message within the JSON of a Lambda function, or the text as it is', () => {
    expect(plainCause('{"errorType":"E","errorMessage":"no rows","trace":[]}')).toBe('no rows');
    expect(plainCause('{"a":1}')).toBe('{"a":1}');
    expect(plainCause('null')).toBe('null');
    expect(plainCause('no rows')).toBe('no rows');
  });
});
