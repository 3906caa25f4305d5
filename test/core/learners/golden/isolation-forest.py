"""Golden isolation forests, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python isolation-forest.py        # writes isolation-forest.json beside this script

Rows are drawn with numpy's PCG64, seed 0: a training set of inliers, and test rows of which a quarter are outliers. No two
implementations draw the same trees. So what is kept is what trees have in common: the score of each test row averaged over
20,000 of them, and the ROC AUC and the share called outlying of 200 forests of 100 trees each.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(0)


def rows_of(inliers, outliers):
    bent = rng.normal(size=(inliers, 1))
    inside = np.hstack([bent, bent**2 + 0.3 * rng.normal(size=(inliers, 1)), rng.integers(3, size=(inliers, 1))])
    outside = rng.uniform([-4, -2, 0], [4, 6, 3], size=(outliers, 3))
    return np.vstack([inside, outside]).round(2).astype(np.float32)


def case(name, train, test, labels, **options):
    scores = np.zeros(len(test))
    for seed in range(20):
        model = IsolationForest(n_estimators=1000, random_state=seed, n_jobs=4, **options).fit(train)
        scores -= model.score_samples(test) / 20
    aucs, shares = [], []
    for seed in range(200):
        model = IsolationForest(random_state=1000 + seed, **options).fit(train)
        aucs.append(roc_auc_score(labels, -model.score_samples(test)))
        shares.append(float(np.mean(model.predict(test) == -1)))
    return {
        "name": name,
        "columns": train.shape[1],
        "sampleSize": options.get("max_samples", 256),
        "contamination": options.get("contamination", "auto"),
        "train": train.astype(float).ravel().tolist(),
        "test": test.astype(float).ravel().tolist(),
        "labels": labels.tolist(),
        "scores": scores.round(6).tolist(),
        "rocAuc": [min(aucs), max(aucs)],
        "shareOutlying": [min(shares), max(shares)],
    }


train, test, labels = rows_of(400, 0), rows_of(60, 20), np.repeat([0, 1], [60, 20])
cases = [
    case("256 of 400 rows", train, test, labels),
    case("all of 100 rows", train[:100], test, labels, max_samples=100),
    case("16 of 400 rows, a tenth outlying", train, test, labels, max_samples=16, contamination=0.1),
]
counts = np.array([1, 2, 3, 4, 10, 16, 100, 255, 256, 65536])
golden = {"averagePathLengths": list(zip(counts.tolist(), _average_path_length(counts).tolist())), "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
