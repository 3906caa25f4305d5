"""Golden calibrations and reliability curves, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
    venv/bin/python calibration.py        # writes calibration.json beside this script

Rows are drawn with numpy's PCG64, seed 0. Each calibrator is asked at its own scores, between and beyond them; where
there is but one score, at that alone, because elsewhere any slope will do. `sigmoid` is what
CalibratedClassifierCV fits with method="sigmoid"; its optimizer stops a little before the optimum.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.isotonic import IsotonicRegression

warnings.filterwarnings("ignore", category=UndefinedMetricWarning)
rng = np.random.default_rng(0)


def drawn(rows, share, shift, decimals=None, scale=1.0):
    """Overlapping normal scores; with `decimals` many of them are equal."""
    labels = (rng.random(rows) < share).astype(int)
    scores = scale * (rng.normal(size=rows) + shift * labels)
    return labels, scores if decimals is None else np.round(scores, decimals)


def probabilities(rows, decimals=None):
    """Overconfident ones."""
    found = rng.random(rows)
    labels = (rng.random(rows) < 0.3 + 0.4 * found).astype(int)
    return labels, found if decimals is None else np.round(found, decimals)


def case(name, labels, scores):
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    distinct = np.unique(scores)
    span = float(np.ptp(distinct))
    queries = np.concatenate([distinct[::3], (distinct[1:] + distinct[:-1])[::3] / 2])
    queries = np.append(queries, [distinct[0] - span, distinct[-1] + span])
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, labels)
    sigmoid = _SigmoidCalibration().fit(scores, labels)
    return {
        "name": name,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "queries": queries.tolist(),
        "isotonic": isotonic.predict(queries).tolist(),
        "sigmoid": sigmoid.predict(queries).tolist(),
    }


def reliability(name, labels, found, bins):
    labels, found = np.asarray(labels), np.asarray(found, dtype=float)
    observed, predicted = calibration_curve(labels, found, n_bins=bins, pos_label=1)
    rows = np.bincount(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], found), minlength=bins)
    rows = rows[rows > 0]
    return {
        "name": name,
        "labels": labels.tolist(),
        "probabilities": found.tolist(),
        "bins": bins,
        "expected": {
            "expectedCalibrationError": float(np.sum(rows * np.abs(observed - predicted)) / len(labels)),
            "brier": float(np.mean((found - labels) ** 2)),
            "bins": [
                {"meanPredicted": float(p), "observedShare": float(o), "rows": int(n)}
                for p, o, n in zip(predicted, observed, rows)
            ],
        },
    }


golden = {
    "calibrators": [
        case("overlapping", *drawn(300, 0.2, 1.5)),
        case("many ties", *drawn(200, 0.3, 1, decimals=0)),
        case("some ties", *drawn(300, 0.1, 1, decimals=1)),
        case("scores of no use", *drawn(100, 0.3, 0)),
        case("inverted", *drawn(100, 0.4, -2)),
        case("large scores", *drawn(200, 0.3, 1.5, scale=1e4)),
        case("small scores", *drawn(200, 0.3, 1.5, scale=1e-2)),
        case("probabilities", *probabilities(250, decimals=2)),
        case("separated", [0, 0, 0, 1, 1], [-3, -2, -1, 1, 2]),
        case("constant scores", [0, 1, 0, 0, 1], [0.5] * 5),
        case("two scores", [0, 1, 0, 1, 1], [0.25, 0.25, 0.25, 0.75, 0.75]),
        case("majority only", [0, 0, 0], [0.1, 0.6, 0.3]),
        case("minority only", [1, 1, 1], [0.1, 0.6, 0.3]),
        case("one row", [1], [0.3]),
    ],
    "reliability": [
        *(reliability(f"overconfident, {bins} bins", *probabilities(300), bins) for bins in [1, 5, 10, 15, 49]),
        *(reliability(f"at the edges, {bins} bins", *probabilities(200, decimals=1), bins) for bins in [5, 10, 20]),
        reliability("certain", [0, 1, 1, 0], [0, 1, 0, 1], 10),
        reliability("majority only", [0, 0, 0], [0.1, 0.6, 0.3], 10),
        reliability("minority only", [1, 1, 1], [0.1, 0.6, 0.3], 10),
    ],
}


def block(rows):
    return "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]"


text = ",\n".join(f"{json.dumps(name)}: {block(rows)}" for name, rows in golden.items())
Path(__file__).with_suffix(".json").write_text("{\n" + text + "\n}\n")
