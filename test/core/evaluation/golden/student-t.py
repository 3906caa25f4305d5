"""Golden quantiles of Student's t distribution, by SciPy.

    python -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python student-t.py        # writes student-t.json beside this script
"""

import json
from pathlib import Path

from scipy.stats import t

LEVELS = [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
DEGREES_OF_FREEDOM = [1, 2, 3, 4, 5, 6, 9, 10, 19, 24, 49, 99, 100, 399]
cases = [
    {"level": level, "degreesOfFreedom": df, "quantile": float(t.ppf((1 + level) / 2, df))}
    for df in DEGREES_OF_FREEDOM
    for level in LEVELS
]
Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
