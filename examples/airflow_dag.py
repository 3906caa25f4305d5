"""Counterpoise as a task of Apache Airflow: rebalance a table, then train on what came out.

Needs Airflow 3 with apache-airflow-providers-amazon and apache-airflow-providers-standard. The connection's role needs
states:StartExecution on the state machine (the construct's grantStart), and states:DescribeExecution on its executions, to
see how they end.
"""

import hashlib
import re
from datetime import datetime

from airflow.providers.amazon.aws.operators.step_function import (
    StepFunctionGetExecutionOutputOperator,
    StepFunctionStartExecutionOperator,
)
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


def execution_name(ti) -> str:
    """The same for the same try of a task, another for any other: Step Functions runs no name twice.

    It takes at most 80 letters, digits, - and _, and a run's id may be longer and have others ("+", ":"). So that is cut to
    50, and what tells two of them apart is a digest of 16 in full.
    """
    whose = [ti.dag_id, ti.run_id, ti.task_id, str(ti.map_index), str(ti.try_number)]
    digest = hashlib.sha256("\0".join(whose).encode()).hexdigest()[:16]
    return f"{re.sub(r'[^0-9A-Za-z_-]+', '-', ti.run_id)[:50]}-{digest}"


def train(output: dict) -> None:
    print(output["verdict"])
    print("train on", output["outputs"]["files"][0]["uri"])


with DAG(
    "train_on_balanced_transactions",
    start_date=datetime(2026, 1, 1),
    schedule="@daily",
    catchup=False,
    user_defined_macros={"execution_name": execution_name},
):
    rebalance = StepFunctionStartExecutionOperator(
        task_id="rebalance",
        state_machine_arn="{{ var.value.counterpoise_state_machine_arn }}",
        # A task that is cleared and run again, and a second DAG, need another one.
        name="{{ execution_name(ti) }}",
        state_machine_input={
            "dataset": {"uri": "s3://example-data/incoming/transactions.csv"},
            "target": {"column": "outcome", "minority": "fraud"},
            "output": {"uri": "s3://example-data/balanced/transactions", "format": "parquet"},
            "seed": 0,
        },
        # Waits for the run without a worker of Airflow's: 1,800 looks, a minute apart, which is a little longer than
        # the state machine lets a run take (Airflow's own 30 looks are not enough for a large table).
        deferrable=True,
        waiter_delay=60,
        waiter_max_attempts=1800,
    )
    output = StepFunctionGetExecutionOutputOperator(task_id="output", execution_arn=rebalance.output)
    training = PythonOperator(task_id="train", python_callable=train, op_args=[output.output])
    rebalance >> output >> training
