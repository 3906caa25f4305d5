"""Golden decision trees, by scikit-learn's exact CART.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python decision-tree.py        # writes decision-tree.json beside this script

Rows are drawn with numpy's PCG64, seed 0. scikit-learn takes one of equally good splits at random, or by the rounding
of sums, so rows are drawn again until ten random states with the rows in ten orders give the same tree.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(0)


def same(a, b):
    return np.array_equal(a.feature, b.feature) and np.array_equal(a.threshold, b.threshold)


def case(name, rows, limits, weighted=False, two_valued=0):
    numbers = rng.normal(size=(rows, 4)).round(3)
    levels = rng.random((rows, two_valued)) < rng.uniform(0.1, 0.9, two_valued)
    data = np.hstack([numbers, levels])
    X = data.astype(np.float32)
    effects = rng.normal(size=X.shape[1])
    y = (X @ effects + rng.normal(size=rows) > 0.8).astype(int)
    weights = rng.uniform(0.5, 3, rows).round(3) if weighted else np.ones(rows)
    orders = [rng.permutation(rows) for _ in range(10)]
    trees = [
        DecisionTreeClassifier(**limits, random_state=state).fit(X[o], y[o], sample_weight=weights[o]).tree_
        for state, o in enumerate(orders)
    ]
    tree = trees[0]
    if not all(same(tree, other) for other in trees):
        return case(name, rows, limits, weighted, two_valued)
    leaf = tree.feature < 0
    return {
        "name": name,
        "columns": X.shape[1],
        "limits": limits,
        "data": data.ravel().tolist(),
        "labels": y.tolist(),
        "weights": weights.tolist(),
        "nodes": {
            "column": np.where(leaf, -1, tree.feature).tolist(),
            "threshold": np.where(leaf, 0, tree.threshold).tolist(),
            "right": np.where(leaf, -1, tree.children_right).tolist(),
            "score": tree.value[:, 0, 1].tolist(),
        },
    }


cases = [
    case("numbers, four levels", 200, {"max_depth": 4}),
    case("numbers, large leaves", 300, {"max_depth": 30, "min_samples_leaf": 15}),
    case("numbers, large nodes", 200, {"max_depth": 30, "min_samples_split": 60}),
    case("numbers, weighted", 200, {"max_depth": 4}, weighted=True),
    case("numbers and columns of two values", 300, {"max_depth": 30, "min_samples_leaf": 10}, two_valued=6),
    case("numbers and columns of two values, weighted", 300, {"max_depth": 4}, weighted=True, two_valued=6),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
