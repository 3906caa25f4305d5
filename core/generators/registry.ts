import { InvalidArgumentError } from '../errors.ts';
import type { Table } from '../table/table.ts';
import type { AutoencoderOptions } from './autoencoder.ts';
import { AUTOENCODER, autoencoderGenerator, autoencoderGeneratorFromJSON } from './autoencoder-generator.ts';
import type { Generator, SavableGenerator } from './generator.ts';

/** What a generator is made from: its type, and that type's own options. */
export type GeneratorSettings = { readonly type: typeof AUTOENCODER } & Partial<AutoencoderOptions>;

export type GeneratorType = GeneratorSettings['type'];

interface GeneratorKind {
  readonly create: (settings: GeneratorSettings) => Generator<SavableGenerator>;
  readonly fromJSON: (json: unknown, observed: Table) => SavableGenerator;
}

const KINDS: Readonly<Record<GeneratorType, GeneratorKind>> = {
  [AUTOENCODER]: {
    create: ({ type: _, ...options }) => autoencoderGenerator(options),
    fromJSON: autoencoderGeneratorFromJSON,
  },
};

/** The generators that a request can name. */
export const GENERATOR_TYPES = Object.keys(KINDS) as readonly GeneratorType[];

/** @throws InvalidArgumentError (a type that there is not, an option out of range) */
export function createGenerator(settings: GeneratorSettings): Generator<SavableGenerator> {
  return kindOf(settings.type, 'generator').create(settings);
}

/**
 * Restores a fitted generator of any type from what its `toJSON` gave.
 *
 * @param observed the rows that it was fitted to
 * @throws InvalidArgumentError where `json` is not that
 */
export function fittedGeneratorFromJSON(json: unknown, observed: Table): SavableGenerator {
  return kindOf((json as { type?: unknown } | null | undefined)?.type, 'saved generator').fromJSON(json, observed);
}

function kindOf(type: unknown, what: string): GeneratorKind {
  const known = GENERATOR_TYPES.find((candidate) => candidate === type);
  if (known === undefined) {
    throw new InvalidArgumentError(`${what}: found type ${JSON.stringify(type)}, needed ${GENERATOR_TYPES.join(', ')}`);
  }
  return KINDS[known];
}
