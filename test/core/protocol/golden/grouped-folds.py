"""Golden folds of groups, by scikit-learn's StratifiedGroupKFold without shuffling.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python grouped-folds.py        # writes grouped-folds.json beside this script

Groups and labels are drawn with numpy's PCG64, seed 0. Groups are numbered in the order in which they first occur, which is the
order in which scikit-learn takes groups that are alike.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

warnings.filterwarnings("ignore")
rng = np.random.default_rng(0)

cases = []
for rows, groups, folds, share in [(60, 12, 3, 0.3), (200, 40, 5, 0.1), (500, 23, 4, 0.05), (300, 150, 5, 0.2), (90, 5, 5, 0.4)]:
    skew = rng.dirichlet(np.ones(groups))
    drawn = np.concatenate([np.arange(groups), rng.choice(groups, size=rows - groups, p=skew)])
    rng.shuffle(drawn)
    first = {}
    group = np.array([first.setdefault(int(g), len(first)) for g in drawn])
    leaning = rng.uniform(0, 2 * share, size=groups)
    label = (rng.random(rows) < leaning[group]).astype(int)
    fold = np.empty(rows, dtype=int)
    for number, (_, held_out) in enumerate(StratifiedGroupKFold(folds).split(np.zeros(rows), label, group)):
        fold[held_out] = number
    cases.append({"folds": folds, "groups": group.tolist(), "labels": label.tolist(), "fold": fold.tolist()})

Path(__file__).with_name("grouped-folds.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
