"""Golden nearest neighbours, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python nearest-neighbours.py        # writes nearest-neighbours.json beside this script

Rows are drawn with numpy's PCG64, seed 0, and rounded to single precision. The k-d tree adds squared differences in double
precision; brute force there would cancel. No two distances to a query are equal, so that indices do not depend on a rule for ties.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(0)


def case(name, reference, queries, k, codes=None, query_codes=None):
    """Codes become one-hot columns, scaled by the square root of 1/2. No queries: those are the reference rows, without themselves."""
    X = reference.astype(np.float32).astype(float)
    Q = None if queries is None else queries.astype(np.float32).astype(float)
    wide, wide_queries = X, Q
    if codes is not None:
        wide = np.hstack([X, one_hot(codes)])
        wide_queries = None if Q is None else np.hstack([Q, one_hot(query_codes)])
    distances, indices = NearestNeighbors(n_neighbors=k, algorithm="kd_tree").fit(wide).kneighbors(wide_queries)
    every = np.sort(NearestNeighbors(n_neighbors=min(len(wide) - 1, k + 1), algorithm="kd_tree").fit(wide).kneighbors(wide_queries)[0])
    assert np.all(np.diff(every) > 1e-9), name
    return {
        "name": name,
        "k": k,
        "numberCount": X.shape[1],
        "codeCount": 0 if codes is None else codes.shape[1],
        "reference": {"numbers": X.ravel().tolist(), "codes": [] if codes is None else codes.ravel().tolist()},
        "queries": None
        if Q is None
        else {"numbers": Q.ravel().tolist(), "codes": [] if codes is None else query_codes.ravel().tolist()},
        "indices": indices.ravel().tolist(),
        "distances": distances.ravel().tolist(),
    }


def one_hot(codes):
    return np.hstack([np.eye(256)[column] for column in codes.T]) * np.sqrt(0.5)


def levels(rows):
    return np.column_stack([rng.integers(size, size=rows) for size in (2, 3, 5)])


cases = [
    case("numbers", rng.normal(size=(60, 4)), rng.normal(size=(15, 4)), 5),
    case("numbers, of the rows themselves", rng.normal(size=(50, 20)), None, 3),
    case("numbers far from zero and close together", 1e4 + rng.normal(size=(60, 3)), 1e4 + rng.normal(size=(15, 3)), 4),
    case("one column", rng.normal(size=(40, 1)), rng.normal(size=(20, 1)), 1),
    case("numbers and codes", rng.normal(size=(60, 2)), rng.normal(size=(15, 2)), 5, levels(60), levels(15)),
    case("numbers and codes, of the rows themselves", rng.normal(size=(50, 3)), None, 5, levels(50)),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
