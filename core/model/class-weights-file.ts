import { InvalidArgumentError } from '../errors.ts';
import type { ClassCounts } from '../learners/class-counts.ts';

/** The first words of the file, and the version of its shape. */
export const CLASS_WEIGHTS_FORMAT = 'counterpoise-class-weights';
export const CLASS_WEIGHTS_VERSION = 1;

/** Weights for one balance, as the parameters of learners elsewhere are called. */
export interface WeightScheme {
  /** weighted majority / weighted minority */
  readonly ratio: number;
  /** scikit-learn's, by label; the mean over all rows is 1, but of square roots */
  readonly class_weight: Readonly<Record<string, number>>;
  /** XGBoost's and LightGBM's: minority weight / majority weight */
  readonly scale_pos_weight: number;
}

/** `weights.json`: class weights that give the balance that was asked for without resampling a row. */
export interface ClassWeightsFile {
  readonly format: typeof CLASS_WEIGHTS_FORMAT;
  readonly version: typeof CLASS_WEIGHTS_VERSION;
  readonly target: { readonly column: string; readonly minority: string; readonly majority: string };
  /** observed training rows */
  readonly counts: ClassCounts;
  /** majority / minority that was asked for */
  readonly askedRatio: number;
  /** majority / minority that the weights give: the one that was asked for, or the rows' own where that is lower already */
  readonly ratio: number;
  /** a weight per label, for that ratio: `schemes.asked.class_weight` */
  readonly classes: Readonly<Record<string, number>>;
  readonly schemes: { readonly asked: WeightScheme; readonly balanced: WeightScheme; readonly sqrt: WeightScheme };
  /** one line of Python for each library, for labels as pandas reads them: numbers are numbers, booleans True and False */
  readonly usage: Readonly<Record<'scikit-learn' | 'xgboost' | 'lightgbm', string>>;
}

/** What the labels are to those who read the table: JSON has but texts for keys. */
export type LabelType = 'text' | 'number' | 'boolean';

function usageOf({ minority, majority }: ClassWeightsFile['target'], type: LabelType): ClassWeightsFile['usage'] {
  const label = (text: string) => inPython(text, type);
  const weights = [majority, minority].map((text) => `${label(text)}: weights["classes"][${JSON.stringify(text)}]`);
  const fit = `(scale_pos_weight=weights["schemes"]["asked"]["scale_pos_weight"]).fit(X, y == ${label(minority)})`;
  return {
    'scikit-learn': `DecisionTreeClassifier(class_weight={${weights.join(', ')}}).fit(X, y)`,
    xgboost: `XGBClassifier${fit}`,
    lightgbm: `LGBMClassifier${fit}`,
  };
}

/** A label as a literal of Python, which reads the escapes of JSON as JSON does. */
function inPython(text: string, type: LabelType): string {
  if (type === 'number') return text;
  if (type === 'boolean') return /^true$/i.test(text) ? 'True' : 'False';
  return JSON.stringify(text);
}

/**
 * Class weights from the counts N_c of the observed training rows, N in all:
 *
 * - `asked`: the weighted classes stand at `ratio` and the mean weight is 1: N / ((1 + ratio) N_minority) and
 *   N ratio / ((1 + ratio) N_majority). Where the rows stand at a lower ratio already, all weigh 1: no
 *   weight makes a minority row count less than a majority row, as no resampling takes one away.
 * - `balanced`: the same at 1, which is N / (2 N_c), scikit-learn's `class_weight='balanced'` (King & Zeng 2001, Logistic
 *   Regression in Rare Events Data).
 * - `sqrt`: the square roots of `balanced`, halfway between that and no weights on a logarithmic scale.
 *
 * @param ratio majority / minority that was asked for: positive and finite
 * @param type of the label column
 * @throws InvalidArgumentError (a class without rows, a ratio out of range)
 */
export function classWeightsFile(
  target: ClassWeightsFile['target'],
  { majority, minority }: ClassCounts,
  ratio: number,
  type: LabelType,
): ClassWeightsFile {
  for (const [name, count] of Object.entries({ majority, minority })) {
    if (!(Number.isInteger(count) && count > 0)) {
      throw new InvalidArgumentError(`class weights: found ${count} ${name} rows, needed at least 1`);
    }
  }
  if (!(ratio > 0 && Number.isFinite(ratio))) {
    throw new InvalidArgumentError(`class weights, ratio: found ${ratio}, needed a positive finite number`);
  }
  const rows = majority + minority;
  const scheme = (ofMajority: number, ofMinority: number): WeightScheme => ({
    ratio: (ofMajority * majority) / (ofMinority * minority),
    class_weight: Object.fromEntries([
      [target.majority, ofMajority],
      [target.minority, ofMinority],
    ]),
    scale_pos_weight: ofMinority / ofMajority,
  });
  const balanced = [rows / (2 * majority), rows / (2 * minority)] as const;
  const asked =
    ratio < majority / minority
      ? scheme((rows * ratio) / ((1 + ratio) * majority), rows / ((1 + ratio) * minority))
      : scheme(1, 1);
  return {
    format: CLASS_WEIGHTS_FORMAT,
    version: CLASS_WEIGHTS_VERSION,
    target,
    counts: { majority, minority },
    askedRatio: ratio,
    ratio: Math.min(ratio, majority / minority),
    classes: asked.class_weight,
    schemes: { asked, balanced: scheme(...balanced), sqrt: scheme(Math.sqrt(balanced[0]), Math.sqrt(balanced[1])) },
    usage: usageOf(target, type),
  };
}
