import type { Rng } from '../random/rng.ts';
import { createMatrix } from '../table/matrix.ts';
import { type Architecture, type Layer, layerSizes, type Network, requireArchitecture } from './network.ts';

/**
 * A network that has learned nothing yet. Weights of hidden layers are uniform on +-sqrt(6 / inputs) (He et al. 2015, for
 * relu), those of the last layer on +-sqrt(6 / (inputs + outputs)) (Glorot & Bengio 2010); biases are 0.
 *
 * @throws InvalidArgumentError where the architecture is invalid
 */
export function initialiseNetwork(architecture: Architecture, rng: Rng): Network {
  requireArchitecture(architecture);
  const sizes = layerSizes(architecture);
  const layers = sizes.map(({ inputs, outputs }, index): Layer => {
    const last = index === sizes.length - 1;
    const limit = Math.sqrt(6 / (last ? inputs + outputs : inputs));
    const weights = createMatrix(inputs, outputs);
    for (let i = 0; i < weights.data.length; i++) weights.data[i] = limit * (2 * rng.nextFloat() - 1);
    return { weights, biases: new Float32Array(outputs) };
  });
  return { architecture, layers };
}
