import { readFileSync } from 'node:fs';
import type { Reliability } from '../../../../core/evaluation/calibration/reliability.ts';

/** Made by ../golden/calibration.py. */
interface Golden {
  readonly calibrators: readonly {
    readonly name: string;
    readonly labels: number[];
    readonly scores: number[];
    readonly queries: number[];
    readonly isotonic: number[];
    readonly sigmoid: number[];
  }[];
  readonly reliability: readonly {
    readonly name: string;
    readonly labels: number[];
    readonly probabilities: number[];
    readonly bins: number;
    readonly expected: Reliability;
  }[];
}

const text = readFileSync(new URL('../golden/calibration.json', import.meta.url), 'utf8');
export const golden: Golden = JSON.parse(text);
