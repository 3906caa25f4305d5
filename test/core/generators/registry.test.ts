import { describe, expect, it } from 'vitest';
import { autoencoderGenerator } from '../../../core/generators/autoencoder-generator.ts';
import { createGenerator, fittedGeneratorFromJSON, GENERATOR_TYPES } from '../../../core/generators/registry.ts';
import { createRng } from '../../../core/random/rng.ts';
import { minorityRows } from './generator-contract.ts';

const observed = minorityRows(20, 0);
const options = { hidden: [4], epochs: 2 };
const rng = () => createRng(0, 'registry');

describe('the registry of generators', () => {
  it('makes a generator of its type with its options', () => {
    expect(GENERATOR_TYPES).toEqual(['autoencoder']);
    const made = createGenerator({ type: 'autoencoder', ...options }).fit(observed, rng());
    expect(made.toJSON()).toEqual(autoencoderGenerator(options).fit(observed, rng()).toJSON());
  });

  it('restores what was saved', () => {
    const fitted = autoencoderGenerator(options).fit(observed, rng());
    const restored = fittedGeneratorFromJSON(JSON.parse(JSON.stringify(fitted)), observed);
    expect(restored.generate(9, rng())).toEqual(fitted.generate(9, rng()));
  });

  it('refuses types that there are not', () => {
    const settings = JSON.parse('{ "type": "oracle" }');
    expect(() => createGenerator(settings)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: generator: found type "oracle", needed autoencoder]`,
    );
    expect(() => fittedGeneratorFromJSON(null, observed)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved generator: found type undefined, needed autoencoder]`,
    );
  });
});
