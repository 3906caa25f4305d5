"""Golden values of the evaluation metrics and curves, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python metrics.py        # writes metrics.json beside this script

Rows and scores are drawn with numpy's PCG64, seed 0. What is not defined is null. The geometric mean and the expected value, which
scikit-learn does not have, are arithmetic on its values.
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    cohen_kappa_score,
    confusion_matrix,
    f1_score,
    fbeta_score,
    log_loss,
    matthews_corrcoef,
    precision_recall_curve,
    precision_score,
    recall_score,
    roc_auc_score,
    roc_curve,
)

# All are looked for and set to null below.
warnings.filterwarnings("ignore", category=UserWarning)
BENEFIT = {"truePositive": 40, "trueNegative": 0.25, "falsePositive": -3, "falseNegative": -55.5}
rng = np.random.default_rng(0)


def drawn(rows, share, shift, decimals=None):
    """Overlapping normal scores; with `decimals` many of them are equal."""
    labels = (rng.random(rows) < share).astype(int)
    scores = rng.normal(size=rows) + shift * labels
    return labels, scores if decimals is None else np.round(scores, decimals)


def number(value):
    return None if math.isnan(value) else float(value)


def logistic(scores):
    return 1 / (1 + np.exp(-np.asarray(scores, dtype=float)))


def metrics(labels, predictions, scores, probabilities, beta):
    tn, fp, fn, tp = (int(n) for n in confusion_matrix(labels, predictions, labels=[0, 1]).ravel())
    worth = tp * BENEFIT["truePositive"] + tn * BENEFIT["trueNegative"]
    worth += fp * BENEFIT["falsePositive"] + fn * BENEFIT["falseNegative"]
    both = len(set(labels)) == 2
    undefined = {"zero_division": np.nan}
    recall = recall_score(labels, predictions, **undefined)
    specificity = recall_score(labels, predictions, pos_label=0, **undefined)
    return {
        # scikit-learn says 0 where labels or predictions are all of one class
        "mcc": float(matthews_corrcoef(labels, predictions)) if both and len(set(predictions)) == 2 else None,
        "f1": number(f1_score(labels, predictions, **undefined)),
        "f-beta": number(fbeta_score(labels, predictions, beta=beta, **undefined)),
        "recall": number(recall),
        "precision": number(precision_score(labels, predictions, **undefined)),
        "specificity": number(specificity),
        # scikit-learn gives the rate of the class that there is
        "balanced-accuracy": float(balanced_accuracy_score(labels, predictions)) if both else None,
        "g-mean": number(np.sqrt(recall * specificity)),
        "kappa": number(cohen_kappa_score(labels, predictions, labels=[0, 1], replace_undefined_by=np.nan)),
        "accuracy": float(accuracy_score(labels, predictions)),
        # scikit-learn says 0 where there is no minority row
        "pr-auc": float(average_precision_score(labels, scores)) if labels.any() else None,
        "roc-auc": float(roc_auc_score(labels, scores)) if both else None,
        "brier": float(brier_score_loss(labels, probabilities, pos_label=1, labels=[0, 1])),
        "log-loss": float(log_loss(labels, probabilities, labels=[0, 1])),
        "expected-value": worth / len(labels),
    }


def roc(labels, scores):
    if len(set(labels)) < 2:
        return []
    fpr, tpr, thresholds = roc_curve(labels, scores, drop_intermediate=False)
    # the first threshold is infinite, which JSON does not have
    return [[*point] for point in zip([None, *thresholds[1:].tolist()], fpr.tolist(), tpr.tolist())]


def precision_recall(labels, scores):
    if not labels.any():
        return []
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    points = zip([None, *thresholds[::-1].tolist()], recall[::-1].tolist(), precision[::-1].tolist())
    return [[*point] for point in points]


def case(name, labels, scores, threshold, probabilities=None, beta=2):
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    probabilities = logistic(scores) if probabilities is None else np.asarray(probabilities, dtype=float)
    predictions = (scores > threshold).astype(int)
    return {
        "name": name,
        "beta": beta,
        "benefit": BENEFIT,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "predictions": predictions.tolist(),
        "probabilities": probabilities.tolist(),
        "metrics": metrics(labels, predictions, scores, probabilities, beta),
        "roc": roc(labels, scores),
        "precisionRecall": precision_recall(labels, scores),
    }


cases = [
    case("overlapping", *drawn(300, 0.1, 1.5), threshold=1),
    case("many ties", *drawn(200, 0.3, 1, decimals=0), threshold=0.5, beta=0.5),
    case("scores of no use", *drawn(150, 0.2, 0), threshold=0, beta=1),
    case("inverted", *drawn(100, 0.4, -2), threshold=0, beta=3.5),
    case("separated", [0, 0, 0, 1, 1], [-3, -2, -1, 1, 2], threshold=0),
    case("certain and right", [0, 1, 0, 1], [0, 1, 0, 1], threshold=0.5, probabilities=[0, 1, 0, 1]),
    case("certain and wrong", [0, 1, 0, 1, 1], [0, 1, 1, 0, 1], threshold=0.5, probabilities=[0, 1, 1, 0, 1]),
    case("almost certain", [0, 1, 0, 1], [0, 0, 1, 1], threshold=0.5, probabilities=[1e-300, 1e-20, 1 - 2**-53, 1 - 1e-15]),
    case("constant scores", [0, 1, 0, 0, 1], [0.5] * 5, threshold=0.4),
    case("no row taken for minority", [0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], threshold=1),
    case("every row taken for minority", [0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], threshold=0),
    case("majority only", [0, 0, 0], [0.1, 0.6, 0.3], threshold=0.5),
    case("majority only, taken for it", [0, 0, 0], [0.1, 0.2, 0.3], threshold=0.5),
    case("majority only, taken for the minority", [0, 0, 0], [0.6, 0.7, 0.8], threshold=0.5),
    case("minority only", [1, 1, 1], [0.1, 0.6, 0.3], threshold=0.5),
    case("minority only, taken for it", [1, 1, 1], [0.6, 0.7, 0.8], threshold=0.5),
    case("one row of each", [1, 0], [0.3, 0.7], threshold=0.5),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
