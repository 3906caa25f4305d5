"""Counterpoise as a task of Apache Airflow: rebalance a table, then train on what came out.

Needs apache-airflow-providers-amazon. The connection's role needs states:StartExecution on the state machine (the
construct's grantStart), and states:DescribeExecution on its executions, to see how they end.
"""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.providers.amazon.aws.operators.step_function import (
    StepFunctionGetExecutionOutputOperator,
    StepFunctionStartExecutionOperator,
)


def train(output: dict) -> None:
    print(output["verdict"])
    print("train on", output["outputs"]["files"][0]["uri"])


with DAG("train_on_balanced_transactions", start_date=datetime(2026, 1, 1), schedule="@daily", catchup=False):
    rebalance = StepFunctionStartExecutionOperator(
        task_id="rebalance",
        state_machine_arn="{{ var.value.counterpoise_state_machine_arn }}",
        # The same name is never run twice: a task that is cleared and run again needs another one.
        name="transactions-{{ ds_nodash }}-{{ ti.try_number }}",
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
