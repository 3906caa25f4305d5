"""The numpy generator, beside bench/generator.ts. Argument: the directory of the exchanged rows."""

import sys
import time

import numpy as np

from exchange import read_rows
from network import Heads, train
from worker import serve

targets, _ = read_rows(sys.argv[1], "minority")


def measure(request: dict) -> dict:
    """Request: the options of the training and a seed. Answer: its seconds and the loss of the last epoch."""
    rng = np.random.default_rng(request["seed"])
    start = time.perf_counter()
    _, loss = train(
        targets,
        heads=Heads(targets.shape[1], []),
        noise_dimension=request["noiseDimension"],
        hidden=request["hidden"],
        epochs=request["epochs"],
        batch_size=request["batchSize"],
        learning_rate=request["learningRate"],
        rng=rng,
    )
    return {"seconds": time.perf_counter() - start, "loss": loss}


serve(measure)
