"""Reads what bench/exchange.ts wrote."""

import json
from pathlib import Path

import numpy as np


def read_rows(directory: str, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The rows, float32 (rows, columns), and their labels, uint8 (rows,)."""
    path = Path(directory, name)
    shape = json.loads(path.with_suffix(".json").read_text())
    cells = np.fromfile(path.with_suffix(".f32"), dtype="<f4").reshape(shape["rows"], shape["columns"])
    return cells, np.fromfile(path.with_suffix(".u8"), dtype=np.uint8)
