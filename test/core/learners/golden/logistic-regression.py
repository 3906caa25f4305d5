"""Golden logistic regressions, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python logistic-regression.py        # writes logistic-regression.json beside this script

Rows are drawn with numpy's PCG64, seed 0. Each model is solved far beyond scikit-learn's default tolerance, and its gradient checked
in proportion to the sum of what it adds up.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(0)


def one_hot(levels, rows):
    return np.eye(levels)[rng.integers(levels, size=rows)]


def case(name, data, labels, C=1.0, weights=None):
    X = data.astype(np.float32).astype(float)
    y = np.asarray(labels, dtype=int)
    w = np.ones(len(y)) if weights is None else weights
    model = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-13, max_iter=1000).fit(X, y, sample_weight=w)
    coefficients, intercept = model.coef_[0], model.intercept_[0]
    residuals = C * w * (1 / (1 + np.exp(-(X @ coefficients + intercept))) - y)
    gradient = np.append(residuals @ X + coefficients, residuals.sum())
    terms = np.append(np.abs(residuals) @ np.abs(X) + np.abs(coefficients), np.abs(residuals).sum())
    assert np.all(np.abs(gradient) < 1e-9 * terms), (name, gradient, terms)
    return {
        "name": name,
        "columns": X.shape[1],
        "C": C,
        "data": data.ravel().tolist(),
        "labels": y.tolist(),
        "weights": w.tolist(),
        "coefficients": coefficients.tolist(),
        "intercept": intercept,
    }


numbers = rng.normal(size=(120, 4)).round(3)
labels = numbers @ [1, -2, 0.5, 0] + rng.normal(size=120) > 0.8
mixed = np.hstack([rng.normal(size=(150, 2)).round(3), one_hot(4, 150), one_hot(3, 150)])
mixed_labels = mixed @ rng.normal(size=9) + rng.normal(size=150) > 0.5
scales = np.hstack([rng.normal(189_000, 105_000, (150, 1)).round(), rng.exponential(0.001, (150, 1)).round(6), one_hot(3, 150)])
scales_labels = (scales[:, 0] - 189_000) / 105_000 + scales[:, 2] + rng.normal(size=150) > 0.5

cases = [
    case("numbers", numbers, labels),
    case("numbers, weak penalty", numbers, labels, C=1e4),
    case("numbers, strong penalty", numbers, labels, C=0.01),
    case("numbers, weighted", numbers, labels, weights=rng.uniform(0.1, 5, 120).round(3)),
    case("separable classes", numbers, numbers @ [1, 1, 1, 1] > 0.3),
    case("separable classes, weak penalty", numbers, numbers @ [1, 1, 1, 1] > 0.3, C=1e6),
    case("all levels one-hot, so that columns depend on each other", mixed, mixed_labels, C=10),
    case("columns of very different scales", scales, scales_labels),
    case("a constant column, and the same column twice", np.hstack([numbers[:, :1], numbers[:, :1], np.ones((120, 1))]), labels),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
