import { InvalidArgumentError } from '../errors.ts';
import { decodeFloat32, encodeFloat32 } from '../kernels/base64.ts';
import { createMatrix } from '../table/matrix.ts';
import { type Architecture, type Layer, layerSizes, type Network, requireArchitecture } from './network.ts';

/** A network as plain JSON; numbers are base64 of little-endian single precision, so that they come back bit by bit. */
export interface NetworkJson {
  readonly architecture: Architecture;
  readonly layers: readonly { readonly weights: string; readonly biases: string }[];
}

export function networkToJSON({ architecture, layers }: Network): NetworkJson {
  return {
    architecture,
    layers: layers.map(({ weights, biases }) => ({
      weights: encodeFloat32(weights.data),
      biases: encodeFloat32(biases),
    })),
  };
}

/** @throws InvalidArgumentError where `json` is no network of `networkToJSON` */
export function networkFromJSON(json: unknown): Network {
  if (!isNetworkJson(json)) {
    throw new InvalidArgumentError(
      `network: found ${JSON.stringify(json)?.slice(0, 60)}, needed an architecture (inputs, hidden, heads) and its layers`,
    );
  }
  const { architecture, layers } = json;
  requireArchitecture(architecture);
  const sizes = layerSizes(architecture);
  if (layers.length !== sizes.length) {
    throw new InvalidArgumentError(
      `network: found ${layers.length} layers, needed ${sizes.length} for its architecture`,
    );
  }
  return {
    architecture,
    layers: sizes.map(({ inputs, outputs }, index): Layer => {
      const { weights, biases } = layers[index];
      return {
        weights: createMatrix(inputs, outputs, decodeFloat32(weights, inputs * outputs, `weights of layer ${index}`)),
        biases: decodeFloat32(biases, outputs, `biases of layer ${index}`),
      };
    }),
  };
}

function isNetworkJson(json: unknown): json is NetworkJson {
  const { architecture, layers } = (json ?? {}) as Partial<NetworkJson>;
  return (
    Array.isArray(architecture?.hidden) &&
    isArrayOfObjects(architecture.heads) &&
    isArrayOfObjects(layers) &&
    layers.every(({ weights, biases }) => typeof weights === 'string' && typeof biases === 'string')
  );
}

function isArrayOfObjects(value: readonly object[] | undefined): value is readonly object[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}
