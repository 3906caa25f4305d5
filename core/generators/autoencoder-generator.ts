import { TooFewRowsError } from '../errors.ts';
import { decodeRows, encodeTargets, fitRowCodec, type RowCodec } from '../table/row-codec.ts';
import type { Table } from '../table/table.ts';
import {
  type AutoencoderOptions,
  type FittedAutoencoder,
  fittedAutoencoderFromJSON,
  requireAutoencoderOptions,
  trainAutoencoder,
} from './autoencoder.ts';
import type { Generator, SavableGenerator } from './generator.ts';

export const AUTOENCODER = 'autoencoder';

/**
 * Algorithm 1's generator, from table rows to table rows: the rows are encoded for an autoencoder (`trainAutoencoder`), and
 * what it answers to fresh noise is decoded to valid rows (`decodeRows`).
 *
 * @param options what is not given is as in `AUTOENCODER_DEFAULTS`
 * @throws InvalidArgumentError where pairing, loss or noise is none that there is; fitting checks the others
 */
export function autoencoderGenerator(options: Partial<AutoencoderOptions> = {}): Generator<SavableGenerator> {
  const complete = requireAutoencoderOptions(options);
  return {
    fit(observed, rng, onEpoch) {
      requireObserved(observed);
      const codec = fitRowCodec(observed);
      const autoencoder = trainAutoencoder(encodeTargets(codec, observed), codec.heads, complete, rng, onEpoch);
      return fittedGenerator(codec, autoencoder);
    },
  };
}

/**
 * Restores what `toJSON` of a fitted autoencoder gave.
 *
 * @param observed the rows that it was fitted to
 * @throws InvalidArgumentError where `json` is not that; TooFewRowsError
 */
export function autoencoderGeneratorFromJSON(json: unknown, observed: Table): SavableGenerator {
  requireObserved(observed);
  return fittedGenerator(fitRowCodec(observed), fittedAutoencoderFromJSON(json));
}

function fittedGenerator(codec: RowCodec, autoencoder: FittedAutoencoder): SavableGenerator {
  return {
    reconstructionLoss: autoencoder.reconstructionLoss,
    generate: (count, rng) => decodeRows(codec, autoencoder.generate(count, rng), rng),
    toJSON: () => autoencoder.toJSON(),
  };
}

function requireObserved({ rows }: Table): void {
  if (rows === 0) throw new TooFewRowsError('minority rows: found 0, needed at least 1 to teach the generator');
}
