"""scikit-learn's decision tree, beside bench/tree.ts. Argument: the directory of the exchanged rows."""

import sys
import time

import numpy as np
from sklearn.metrics import matthews_corrcoef
from sklearn.tree import DecisionTreeClassifier

from exchange import read_rows
from worker import serve

directory = sys.argv[1]
tables: dict[str, tuple[np.ndarray, np.ndarray]] = {}


def table(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name not in tables:
        tables[name] = read_rows(directory, name)
    return tables[name]


def measure(request: dict) -> dict:
    """Request: names of the training and test rows, maxDepth (null: unlimited). Answer: seconds of the fit, MCC on test."""
    train, labels = table(request["train"])
    test, truth = table(request["test"])
    tree = DecisionTreeClassifier(max_depth=request["maxDepth"], random_state=0)
    start = time.perf_counter()
    tree.fit(train, labels)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "mcc": matthews_corrcoef(truth, tree.predict(test))}


serve(measure)
