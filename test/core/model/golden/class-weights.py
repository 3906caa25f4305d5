"""Golden class weights, by scikit-learn.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python class-weights.py        # writes class-weights.json beside this script
"""

import json
from pathlib import Path

import numpy as np
from sklearn.utils.class_weight import compute_class_weight

cases = []
for majority, minority in [(98, 2), (500, 500), (18109, 1505), (7, 3), (284315, 492), (1, 1)]:
    y = np.repeat(["fine", "fraud"], [majority, minority])
    fine, fraud = compute_class_weight("balanced", classes=np.array(["fine", "fraud"]), y=y)
    cases.append({"majority": majority, "minority": minority, "balanced": {"fine": fine, "fraud": fraud}})

Path(__file__).with_suffix(".json").write_text(json.dumps(cases, indent=1) + "\n")
