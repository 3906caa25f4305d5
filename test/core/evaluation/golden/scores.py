"""Golden values of the evaluation scores, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python scores.py        # writes scores.json beside this script

Rows, predictions and scores are drawn with numpy's PCG64, seed 0. A score that is not defined is null.
"""

import json
import math
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    f1_score,
    matthews_corrcoef,
    precision_score,
    recall_score,
    roc_curve,
)

RATES = [0.0, 0.01, 0.1, 0.25, 0.5, 0.9, 1.0]
rng = np.random.default_rng(0)


def drawn(rows, share, shift, decimals=None):
    """Overlapping normal scores; with `decimals` many of them are equal."""
    labels = (rng.random(rows) < share).astype(int)
    scores = rng.normal(size=rows) + shift * labels
    return labels, scores if decimals is None else np.round(scores, decimals)


def number(value):
    return None if math.isnan(value) else float(value)


def case(name, labels, scores, threshold):
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    predictions = (scores > threshold).astype(int)
    tn, fp, fn, tp = (int(n) for n in confusion_matrix(labels, predictions, labels=[0, 1]).ravel())
    both = len(set(labels)) == 2
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False) if both else (None, None, None)
    undefined = {"zero_division": np.nan}
    return {
        "name": name,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "predictions": predictions.tolist(),
        "expected": {
            "truePositives": tp,
            "falsePositives": fp,
            "trueNegatives": tn,
            "falseNegatives": fn,
            "recall": number(recall_score(labels, predictions, **undefined)),
            "precision": number(precision_score(labels, predictions, **undefined)),
            "f1": number(f1_score(labels, predictions, **undefined)),
            # scikit-learn says 0 where labels or predictions are all of one class
            "mcc": float(matthews_corrcoef(labels, predictions)) if both and len(set(predictions)) == 2 else None,
            "falsePositiveRate": number(1 - recall_score(labels, predictions, pos_label=0, **undefined)),
            # scikit-learn says 0 where there is no minority row
            "prAuc": float(average_precision_score(labels, scores)) if labels.any() else None,
        },
        "recallAt": [{"rate": rate, "recall": float(np.interp(rate, fpr, tpr)) if both else None} for rate in RATES],
    }


cases = [
    case("overlapping", *drawn(300, 0.1, 1.5), threshold=1),
    case("many ties", *drawn(200, 0.3, 1, decimals=0), threshold=0.5),
    case("scores of no use", *drawn(150, 0.2, 0), threshold=0),
    case("inverted", *drawn(100, 0.4, -2), threshold=0),
    case("separated", [0, 0, 0, 1, 1], [-3, -2, -1, 1, 2], threshold=0),
    case("constant scores", [0, 1, 0, 0, 1], [0.5] * 5, threshold=0.4),
    case("no row taken for minority", [0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], threshold=1),
    case("every row taken for minority", [0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], threshold=0),
    case("majority only", [0, 0, 0], [0.1, 0.6, 0.3], threshold=0.5),
    case("majority only, taken for it", [0, 0, 0], [0.1, 0.2, 0.3], threshold=0.5),
    case("minority only", [1, 1, 1], [0.1, 0.6, 0.3], threshold=0.5),
    case("one row of each", [1, 0], [0.3, 0.7], threshold=0.5),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
