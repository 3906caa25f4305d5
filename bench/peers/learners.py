"""scikit-learn's learners, beside bench/learners.ts. Argument: the directory of the exchanged rows."""

import sys
import time

import numpy as np
from sklearn.metrics import average_precision_score, matthews_corrcoef

from exchange import read_rows
from models import create_model
from worker import serve

directory = sys.argv[1]
tables: dict[str, tuple[np.ndarray, np.ndarray]] = {}


def table(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name not in tables:
        tables[name] = read_rows(directory, name)
    return tables[name]


def measure(request: dict) -> dict:
    """Request: as for create_model, and data, the name of the rows. Answer: seconds of fit and predict, scores on test rows."""
    train, labels = table(request["data"] + "-train")
    test, truth = table(request["data"] + "-test")
    model = create_model(request)
    start = time.perf_counter()
    model.fit(train, labels)
    fitted = time.perf_counter()
    predictions = model.predict(test)
    predicted = time.perf_counter()
    scores = model.decision_function(test) if hasattr(model, "decision_function") else model.predict_proba(test)[:, 1]
    return {
        "fitSeconds": fitted - start,
        "predictSeconds": predicted - fitted,
        "mcc": matthews_corrcoef(truth, predictions),
        "prAuc": average_precision_score(truth, scores),
    }


serve(measure)
