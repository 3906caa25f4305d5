"""scikit-learn's counterparts of this project's learners."""

import warnings

from sklearn.base import ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

MODELS = {
    "decision-tree": DecisionTreeClassifier,
    "svm": SVC,
    "neural-network": MLPClassifier,
    "logistic-regression": LogisticRegression,
    "gradient-boosted-trees": HistGradientBoostingClassifier,
}

# A network that is trained for a number of epochs is meant to end after them.
warnings.simplefilter("ignore", ConvergenceWarning)


def create_model(request: dict) -> ClassifierMixin:
    """Request: learner, one of MODELS; options, its arguments; seed."""
    return MODELS[request["learner"]](random_state=request["seed"], **request["options"])
