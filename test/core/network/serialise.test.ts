import { describe, expect, it } from 'vitest';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { networkFromJSON, networkToJSON } from '../../../core/network/serialise.ts';
import { MIXED_HEADS, rngOf } from './samples.ts';

const network = initialiseNetwork({ inputs: 4, hidden: [10, 6], heads: MIXED_HEADS }, rngOf(0));
const json = networkToJSON(network);

describe('a network as JSON', () => {
  it('comes back bit by bit, through text', () => {
    expect(networkFromJSON(JSON.parse(JSON.stringify(json)))).toEqual(network);
  });

  it('is refused where it is none', () => {
    const { architecture, layers } = json;
    for (const none of [
      undefined,
      null,
      'network',
      {},
      { architecture },
      { layers },
      { architecture, layers: [null] },
      { architecture, layers: [{ weights: 'AAAA' }] },
      { architecture: { ...architecture, heads: [null] }, layers },
    ]) {
      expect(() => networkFromJSON(none)).toThrow(/^network: found .*, needed an architecture/);
    }
    expect(() => networkFromJSON({})).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: network: found {}, needed an architecture (inputs, hidden, heads) and its layers]`,
    );
  });

  it('is refused where its layers are not those of its architecture', () => {
    const { architecture, layers } = json;
    expect(() => networkFromJSON({ architecture, layers: layers.slice(1) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: network: found 2 layers, needed 3 for its architecture]`,
    );
    expect(() =>
      networkFromJSON({ architecture: { ...architecture, inputs: 5 }, layers }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: weights of layer 0: found 160 bytes, needed 200 (50 numbers)]`,
    );
    expect(() =>
      networkFromJSON({ architecture, layers: layers.map((layer) => ({ ...layer, biases: '?' })) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: biases of layer 0: found text that is not base64, needed base64]`,
    );
  });
});
