"""The whole of `counterpoise rebalance` with the decision tree, as one would write it in Python, beside bench/command.ts.

    python algorithm1.py <input.csv> --columns a,b,c --target income --out <directory>

Reads the table, keeps complete rows, splits by class, trains the generator on the training minority, generates as many rows,
decodes them to valid rows, keeps those that a tree trained on under-sampled observed rows calls majority, merges, under-samples,
evaluates the same tree trained on (a) the observed rows, (b) these under-sampled, (c) the rebalanced rows, and writes train.csv,
test.csv and manifest.json.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, confusion_matrix, f1_score, matthews_corrcoef
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from network import Heads
from network import train as train_network

NOISE, HIDDEN, EPOCHS, BATCH, LEARNING_RATE = 16, [64, 32, 64], 300, 64, 0.001
DEPTH, TEST_FRACTION, SEED = 8, 0.2, 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("input")
    parser.add_argument("--columns")
    parser.add_argument("--target")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    rng = np.random.default_rng(SEED)

    table = pd.read_csv(arguments.input, names=arguments.columns.split(","), skipinitialspace=True, na_values="?").dropna()
    minority_label = table[arguments.target].value_counts().index[-1]
    labels = (table[arguments.target] == minority_label).to_numpy(np.uint8)
    train, test, train_labels, test_labels = train_test_split(
        table, labels, test_size=TEST_FRACTION, stratify=labels, random_state=SEED
    )
    encoder = Encoder(train.drop(columns=arguments.target))
    train_matrix, test_matrix = encoder.one_hot(train), encoder.one_hot(test)

    minority = train[train_labels == 1]
    codec = RowCodec(minority.drop(columns=arguments.target), encoder)
    network, _ = train_network(codec.encode(minority), codec.heads, NOISE, HIDDEN, EPOCHS, BATCH, LEARNING_RATE, rng)
    noise = rng.standard_normal((len(minority), NOISE), dtype=np.float32)
    generated = codec.decode(network.forward(noise), rng).assign(**{arguments.target: minority_label})

    under_sampled = under_sample(train_labels, rng)
    discriminator = tree().fit(train_matrix[under_sampled], train_labels[under_sampled])
    new = generated[discriminator.predict(encoder.one_hot(generated)) == 0]

    merged = pd.concat([train.assign(is_synthetic=False), new.assign(is_synthetic=True)], ignore_index=True)
    merged_labels = np.r_[train_labels, np.ones(len(new), np.uint8)]
    kept = under_sample(merged_labels, rng)
    balanced, balanced_labels = merged.iloc[kept], merged_labels[kept]

    metrics = {
        "observed": evaluate(tree().fit(train_matrix, train_labels), test_matrix, test_labels),
        "under-sampled": evaluate(discriminator, test_matrix, test_labels),
        "rebalanced": evaluate(tree().fit(encoder.one_hot(balanced), balanced_labels), test_matrix, test_labels),
    }
    counts = {"train": len(train), "minority": len(minority), "generated": len(generated), "new": len(new)}
    publish(Path(arguments.out), arguments.input, balanced, test, {"counts": counts, "metrics": metrics})


class Encoder:
    """Fitted to the training rows: one-hot with the first level dropped, for the learners."""

    def __init__(self, features: pd.DataFrame):
        self.numbers = [name for name in features if pd.api.types.is_numeric_dtype(features[name])]
        self.levels = {name: sorted(features[name].unique()) for name in features if name not in self.numbers}

    def one_hot(self, rows: pd.DataFrame) -> np.ndarray:
        numbers = rows[self.numbers].to_numpy(np.float32)
        return np.hstack([numbers, *(indicators(rows[name], levels)[:, 1:] for name, levels in self.levels.items())])


class RowCodec:
    """Fitted to the rows that the network learns: numbers scaled to [0, 1], an output for each level that occurs."""

    def __init__(self, observed: pd.DataFrame, encoder: Encoder):
        self.order = list(observed.columns)
        self.numbers = {name: np.sort(observed[name].to_numpy()) for name in encoder.numbers}
        self.levels = {name: sorted(observed[name].unique()) for name in encoder.levels}
        self.heads = Heads(len(self.numbers), [len(levels) for levels in self.levels.values()])

    def encode(self, observed: pd.DataFrame) -> np.ndarray:
        least = np.array([values[0] for values in self.numbers.values()])
        most = np.array([values[-1] for values in self.numbers.values()])
        numbers = (observed[list(self.numbers)].to_numpy() - least) / np.maximum(most - least, 1e-12)
        blocks = [indicators(observed[name], levels) for name, levels in self.levels.items()]
        return np.hstack([numbers.astype(np.float32), *blocks])

    def decode(self, outputs: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
        """Valid rows: numbers replaced, rank by rank, by observed ones; levels drawn by their probabilities."""
        rows = len(outputs)
        columns = {}
        for column, (name, observed) in enumerate(self.numbers.items()):
            rank = np.empty(rows)
            rank[np.lexsort((rng.random(rows), outputs[:, column]))] = np.arange(rows)
            columns[name] = observed[((rank + 0.5) / rows * len(observed)).astype(int)]
        start = len(self.numbers)
        for name, levels in self.levels.items():
            cumulative = outputs[:, start : start + len(levels)].cumsum(axis=1)
            start += len(levels)
            drawn = rng.random((rows, 1)) * cumulative[:, -1:]
            columns[name] = np.array(levels)[(cumulative > drawn).argmax(axis=1)]
        return pd.DataFrame(columns)[self.order]


def indicators(values: pd.Series, levels: list[str]) -> np.ndarray:
    """One column per level; a row of zeros where a value is none of them."""
    codes = pd.Index(levels).get_indexer(values)
    result = np.zeros((len(values), len(levels)), np.float32)
    known = np.flatnonzero(codes >= 0)
    result[known, codes[known]] = 1
    return result


def tree() -> DecisionTreeClassifier:
    return DecisionTreeClassifier(max_depth=DEPTH, random_state=SEED)


def under_sample(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    minority, majority = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    return np.sort(np.r_[minority, rng.choice(majority, min(len(minority), len(majority)), replace=False)])


def evaluate(model: DecisionTreeClassifier, matrix: np.ndarray, labels: np.ndarray) -> dict:
    predicted = model.predict(matrix)
    tn, fp, fn, tp = (int(count) for count in confusion_matrix(labels, predicted).ravel())
    return {
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "tn": tn,
        "f1": f1_score(labels, predicted),
        "mcc": matthews_corrcoef(labels, predicted),
        "pr_auc": average_precision_score(labels, model.predict_proba(matrix)[:, 1]),
    }


def publish(out: Path, source: str, balanced: pd.DataFrame, test: pd.DataFrame, manifest: dict) -> None:
    out.mkdir(parents=True)
    balanced.to_csv(out / "train.csv", index=False)
    test.to_csv(out / "test.csv", index=False)
    manifest["sha256"] = {path.name: sha256(path) for path in (Path(source), out / "train.csv", out / "test.csv")}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2))
    print(json.dumps(manifest["metrics"], indent=2))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


main()
