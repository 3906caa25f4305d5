"""Golden decision trees, pruned by scikit-learn's minimal cost-complexity pruning.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python decision-tree-pruning.py        # writes decision-tree-pruning.json beside this script

Rows are drawn with numpy's PCG64, seed 0, again until ten random states with the rows in ten orders grow the same tree. Each is
pruned at alphas halfway between those at which it changes.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(0)


def same(a, b):
    return np.array_equal(a.feature, b.feature) and np.array_equal(a.threshold, b.threshold)


def nodes(tree):
    leaf = tree.feature < 0
    return {
        "column": np.where(leaf, -1, tree.feature).tolist(),
        "threshold": np.where(leaf, 0, tree.threshold).tolist(),
        "right": np.where(leaf, -1, tree.children_right).tolist(),
        "score": tree.value[:, 0, 1].tolist(),
    }


def case(name, rows, weighted):
    data = rng.normal(size=(rows, 3)).round(3)
    X = data.astype(np.float32)
    y = (X @ rng.normal(size=3) + rng.normal(size=rows) > 0.8).astype(int)
    weights = rng.uniform(0.5, 3, rows).round(3) if weighted else np.ones(rows)
    limits = {"max_depth": 7, "min_samples_leaf": 3}
    orders = [rng.permutation(rows) for _ in range(10)]
    trees = [
        DecisionTreeClassifier(**limits, random_state=state).fit(X[o], y[o], sample_weight=weights[o])
        for state, o in enumerate(orders)
    ]
    if not all(same(trees[0].tree_, other.tree_) for other in trees):
        return case(name, rows, weighted)
    path = np.unique(trees[0].cost_complexity_pruning_path(X, y, sample_weight=weights).ccp_alphas.round(12))
    chosen = [float(a + b) / 2 for a, b in zip(path, path[1:])] + [float(path[-1]) * 2]
    return {
        "name": name,
        "columns": 3,
        "maxDepth": limits["max_depth"],
        "minSamplesLeaf": limits["min_samples_leaf"],
        "data": data.ravel().tolist(),
        "labels": y.tolist(),
        "weights": weights.tolist(),
        "pruned": [
            {
                "ccpAlpha": alpha,
                "nodes": nodes(
                    DecisionTreeClassifier(**limits, random_state=0, ccp_alpha=alpha)
                    .fit(X, y, sample_weight=weights)
                    .tree_
                ),
            }
            for alpha in chosen
        ],
    }


cases = [case("equal weights", 200, weighted=False), case("weighted", 200, weighted=True)]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
