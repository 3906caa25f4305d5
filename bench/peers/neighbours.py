"""scikit-learn's nearest neighbours by brute force, beside bench/neighbours.ts. Argument: the directory of the exchanged rows."""

import sys
import time

from exchange import read_rows
from sklearn.neighbors import NearestNeighbors
from worker import serve


def measure(request: dict) -> dict:
    """Request: the name of the rows, and k. Answer: the seconds that all their neighbours took, and the mean distance."""
    rows, _ = read_rows(sys.argv[1], request["name"])
    start = time.perf_counter()
    distances, _ = NearestNeighbors(n_neighbors=request["k"], algorithm="brute").fit(rows).kneighbors()
    return {"seconds": time.perf_counter() - start, "meanDistance": float(distances.mean())}


serve(measure)
