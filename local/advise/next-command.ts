import type { SuggestedSettings } from '../../core/advice/rule.ts';
import type { FieldPath } from '../request/field-docs.ts';
import { REQUEST_OPTIONS } from '../request/options.ts';

/** A field of the request, and its value. */
type Setting = readonly [path: FieldPath, value: string | number | undefined];

/** What was typed and is to be typed again. */
export interface TypedData {
  readonly input: string;
  /** options by name, without dashes */
  readonly options: readonly (readonly [name: string, value: string])[];
}

/** The command that does what is suggested, ready to paste into a shell. */
export function nextCommand({ input, options }: TypedData, settings: SuggestedSettings): string {
  const words = [...options, ...suggestedOptions(settings)].flatMap(([name, value]) => [`--${name}`, value]);
  return ['counterpoise', input, ...words].map(quoted).join(' ');
}

/** Options of `counterpoise rebalance`, by the fields that they set. */
export function suggestedOptions(settings: SuggestedSettings): (readonly [name: string, value: string])[] {
  return settingFields(settings).flatMap(([path, value]) => {
    const option = REQUEST_OPTIONS.find((candidate) => candidate.path.join('.') === path.join('.'));
    return option === undefined || value === undefined ? [] : [[option.name, String(value)] as const];
  });
}

export function settingFields({ learner, strategy, metric, costs, repeats }: SuggestedSettings): readonly Setting[] {
  return [
    [['learner', 'type'], learner],
    [['strategy'], strategy],
    [['evaluation', 'metric'], metric],
    [['evaluation', 'costs', 'falsePositive'], costs?.falsePositive],
    [['evaluation', 'costs', 'falseNegative'], costs?.falseNegative],
    [['evaluation', 'repeats'], repeats],
  ];
}

/** As a POSIX shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
