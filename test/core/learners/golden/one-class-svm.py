"""Golden one-class support vector machines, by scikit-learn (LIBSVM).

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python one-class-svm.py        # writes one-class-svm.json beside this script

Rows are drawn with numpy's PCG64, seed 0. Each machine is trained on the first `trained` rows; decision values are of all rows, at
scikit-learn's scale, on which the coefficients' sum is nu times the training rows.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.svm import OneClassSVM

rng = np.random.default_rng(0)


def case(name, data, trained, nu, gamma="scale"):
    X = data.astype(np.float32).astype(float)
    model = OneClassSVM(nu=nu, gamma=gamma, tol=1e-7).fit(X[:trained])
    return {
        "name": name,
        "columns": X.shape[1],
        "trained": trained,
        "nu": nu,
        "gamma": gamma,
        "data": X.ravel().tolist(),
        "decisionValues": model.decision_function(X).tolist(),
    }


numbers = np.vstack([rng.normal(size=(120, 3)), 3 * rng.normal(size=(30, 3))]).round(3)
mixed = np.hstack([rng.normal(size=(100, 2)).round(1), np.eye(4)[rng.integers(4, size=100)], rng.integers(2, size=(100, 1))])
repeated = rng.integers(3, size=(90, 2)).astype(float)

cases = [
    case("numbers, half outside", numbers, 120, 0.5),
    case("numbers, a tenth outside", numbers, 120, 0.1),
    case("numbers, hardly any outside", numbers, 120, 0.01),
    case("numbers, narrow kernel", numbers, 120, 0.2, 5.0),
    case("one-hot columns", mixed, 80, 0.3),
    case("rows that repeat", repeated, 90, 0.25, 0.5),
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
