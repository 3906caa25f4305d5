"""Fits one model and does nothing else, beside bench/fit-once.ts. Arguments: the directory of the exchanged rows, a request."""

import json
import sys

from exchange import read_rows
from models import create_model

directory, request = sys.argv[1], json.loads(sys.argv[2])
create_model(request).fit(*read_rows(directory, request["data"] + "-train"))
