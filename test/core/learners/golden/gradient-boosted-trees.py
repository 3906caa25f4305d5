"""Golden gradient-boosted trees, by scikit-learn's histogram trees.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python gradient-boosted-trees.py        # writes gradient-boosted-trees.json beside this script

Rows are drawn with numpy's PCG64, seed 0, again until the rows in five orders give the same scores: then no split hangs on how
single precision rounds. Scores are of rows that were not trained on, except where a column has more than 255 values: there
scikit-learn's thresholds are values and not midpoints, and the scores are of the training rows.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

rng = np.random.default_rng(0)


def case(name, rows, options, weighted=False, decimals=1, two_valued=0):
    numbers = rng.normal(size=(2 * rows, 4)).round(decimals)
    levels = rng.random((2 * rows, two_valued)) < rng.uniform(0.1, 0.9, two_valued)
    data = np.hstack([numbers, levels])
    X = data.astype(np.float32)
    y = (X @ rng.normal(size=X.shape[1]) + X[:, 0] * X[:, 1] + rng.normal(size=2 * rows) > 1).astype(int)
    weights = rng.uniform(0.5, 3, rows).round(3) if weighted else np.ones(rows)
    scored = slice(0, rows) if decimals > 2 else slice(rows, 2 * rows)

    def fit(order):
        model = HistGradientBoostingClassifier(early_stopping=False, random_state=0, **options)
        model.fit(X[order], y[order], sample_weight=weights[order] if weighted else None)
        return model.predict_proba(X[scored])[:, 1]

    scores = fit(np.arange(rows))
    if not all(np.allclose(fit(rng.permutation(rows)), scores, rtol=0, atol=1e-6) for _ in range(5)):
        return case(name, rows, options, weighted, decimals, two_valued)
    return {
        "name": name,
        "columns": X.shape[1],
        "options": options,
        "data": data[:rows].ravel().tolist(),
        "labels": y[:rows].tolist(),
        "weights": weights.tolist(),
        "scored": data[scored].ravel().tolist(),
        "scores": scores.round(9).tolist(),
    }


small = {"max_iter": 20, "max_leaf_nodes": 8, "min_samples_leaf": 10}
cases = [
    case("few leaves", 300, small),
    case("the default limits", 600, {"max_iter": 10}),
    case("limited depth", 300, {**small, "max_depth": 2, "max_leaf_nodes": 31}),
    case("fast, with l2", 300, {**small, "learning_rate": 0.5, "l2_regularization": 2.0}),
    case("weighted", 300, small, weighted=True),
    case("columns of two values", 300, small, two_valued=5),
    case("few bins", 300, {**small, "max_bins": 16}, decimals=4),
    case("more values than bins", 700, small, decimals=4),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
