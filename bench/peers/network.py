"""A dense network in numpy, trained from noise to given rows: ReLU, Adam, mini-batches, single precision.

Written as one would for speed without leaving numpy: parameters, gradients and Adam's moments each lie in one flat array, so
that an update is a handful of whole-array operations, and layers are views into it.
"""

import numpy as np

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-7


def train(
    targets: np.ndarray,
    heads: "Heads",
    noise_dimension: int,
    hidden: list[int],
    epochs: int,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator,
) -> tuple["Network", float]:
    """Learns the rows of `targets`, each from a noise vector of its own, by the squared error of a row.

    Returns the network and the mean loss of the last epoch.
    """
    rows = len(targets)
    noise = rng.standard_normal((rows, noise_dimension), dtype=np.float32)
    network = Network([noise_dimension, *hidden, targets.shape[1]], heads, rng)
    adam = Adam(network.parameters, learning_rate)
    loss = 0.0
    for _ in range(epochs):
        order = rng.permutation(rows)
        shuffled_noise, shuffled_targets = noise[order], targets[order]
        loss = 0.0
        for start in range(0, rows, batch_size):
            batch = slice(start, start + batch_size)
            loss += network.backward(shuffled_noise[batch], shuffled_targets[batch])
            adam.step(network.gradients)
        loss /= rows
    return network, loss


class Network:
    def __init__(self, sizes: list[int], heads: "Heads", rng: np.random.Generator):
        shapes = list(zip(sizes[:-1], sizes[1:]))
        count = sum(inputs * outputs + outputs for inputs, outputs in shapes)
        self.heads = heads
        self.parameters = np.zeros(count, np.float32)
        self.gradients = np.zeros(count, np.float32)
        self.weights, self.biases = _views(self.parameters, shapes)
        self.weight_gradients, self.bias_gradients = _views(self.gradients, shapes)
        for layer, (weights, (inputs, outputs)) in enumerate(zip(self.weights, shapes)):
            last = layer == len(shapes) - 1  # Glorot & Bengio 2010 there, He et al. 2015 before a ReLU
            limit = np.sqrt(6 / (inputs + outputs if last else inputs))
            weights[:] = rng.uniform(-limit, limit, weights.shape)

    def forward(self, noise: np.ndarray) -> np.ndarray:
        return self._activations(noise)[-1]

    def backward(self, noise: np.ndarray, targets: np.ndarray) -> float:
        """Fills `gradients` with those of the mean squared error per row; returns its sum over the rows."""
        activations = self._activations(noise)
        output = activations[-1]
        error = output - targets
        delta = error * np.float32(2 / len(noise))
        self.heads.backward(output, delta)
        for layer in range(len(self.weights) - 1, -1, -1):
            np.matmul(activations[layer].T, delta, out=self.weight_gradients[layer])
            delta.sum(axis=0, out=self.bias_gradients[layer])
            if layer > 0:
                delta = delta @ self.weights[layer].T
                delta *= activations[layer] > 0
        return float(np.vdot(error, error))

    def _activations(self, noise: np.ndarray) -> list[np.ndarray]:
        activations = [noise]
        for weights, biases in zip(self.weights[:-1], self.biases[:-1]):
            layer = activations[-1] @ weights
            layer += biases
            activations.append(np.maximum(layer, 0, out=layer))
        output = activations[-1] @ self.weights[-1]
        output += self.biases[-1]
        self.heads.apply(output)
        activations.append(output)
        return activations


class Heads:
    """What the outputs go through: sigmoids in the first `sigmoids` columns, then softmaxes of the given widths."""

    def __init__(self, sigmoids: int, softmaxes: list[int]):
        self.columns = sigmoids + sum(softmaxes)
        self.sigmoid = slice(0, sigmoids)
        self.softmax = slice(sigmoids, self.columns)
        self.starts = np.cumsum([0, *softmaxes[:-1]]) if softmaxes else None
        self.membership = np.repeat(np.eye(len(softmaxes), dtype=np.float32), softmaxes, axis=0)
        self.owner = np.repeat(np.arange(len(softmaxes)), softmaxes)

    def apply(self, sums: np.ndarray) -> None:
        """In place, all softmaxes at once. A sigmoid is half a hyperbolic tangent, which does not overflow."""
        columns = sums[:, self.sigmoid]
        columns *= np.float32(0.5)
        np.tanh(columns, out=columns)
        columns += 1
        columns *= np.float32(0.5)
        if self.starts is not None:
            columns = sums[:, self.softmax]
            columns -= np.maximum.reduceat(columns, self.starts, axis=1)[:, self.owner]
            np.exp(columns, out=columns)
            columns /= self._spread_sums(columns)

    def backward(self, output: np.ndarray, gradient: np.ndarray) -> None:
        """The gradient in the outputs becomes, in place, that in the sums."""
        value = output[:, self.sigmoid]
        gradient[:, self.sigmoid] *= value * (1 - value)
        if self.starts is not None:
            columns, value = gradient[:, self.softmax], output[:, self.softmax]
            columns -= self._spread_sums(columns * value)
            columns *= value

    def _spread_sums(self, columns: np.ndarray) -> np.ndarray:
        """The sum over each softmax's columns, given to each of these."""
        return (columns @ self.membership) @ self.membership.T


class Adam:
    """Kingma & Ba 2015, with the bias corrections folded into the step size."""

    def __init__(self, parameters: np.ndarray, learning_rate: float):
        self.parameters = parameters
        self.learning_rate = learning_rate
        self.first = np.zeros_like(parameters)
        self.second = np.zeros_like(parameters)
        self.scratch = np.empty_like(parameters)
        self.steps = 0

    def step(self, gradients: np.ndarray) -> None:
        self.steps += 1
        correction = np.sqrt(1 - BETA2**self.steps)
        rate = np.float32(self.learning_rate * correction / (1 - BETA1**self.steps))
        scratch = self.scratch
        self.first *= np.float32(BETA1)
        self.first += np.multiply(gradients, np.float32(1 - BETA1), out=scratch)
        self.second *= np.float32(BETA2)
        np.multiply(gradients, gradients, out=scratch)
        scratch *= np.float32(1 - BETA2)
        self.second += scratch
        np.sqrt(self.second, out=scratch)
        scratch += np.float32(EPSILON * correction)
        np.divide(self.first, scratch, out=scratch)
        scratch *= rate
        self.parameters -= scratch


def _views(flat: np.ndarray, shapes: list[tuple[int, int]]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    weights, biases, start = [], [], 0
    for inputs, outputs in shapes:
        end = start + inputs * outputs
        weights.append(flat[start:end].reshape(inputs, outputs))
        biases.append(flat[end : end + outputs])
        start = end + outputs
    return weights, biases
