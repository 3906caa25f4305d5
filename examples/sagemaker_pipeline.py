"""Counterpoise as a step of a SageMaker pipeline: rebalance a table, then train on what came out.

Not a LambdaStep, which ends after 10 minutes, but a CallbackStep: SageMaker puts a message with a token onto a queue and
waits until somebody brings the token back. sagemaker_callback.py, beside this file, does both.

Needs the SageMaker Python SDK, version 2. This file was run against stand-ins for it in a test, not against SageMaker.
"""

from sagemaker.inputs import TrainingInput
from sagemaker.workflow.callback_step import CallbackOutput, CallbackOutputTypeEnum, CallbackStep
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.steps import TrainingStep


def train_on_balanced(queue_url, estimator):
    """queue_url: of the queue that starts sagemaker_callback.start; estimator: yours, made with a PipelineSession."""
    table = ParameterString(name="Table", default_value="s3://example-data/incoming/transactions.csv")
    output = ParameterString(name="Output", default_value="s3://example-data/balanced/transactions")
    rebalance = CallbackStep(
        name="Rebalance",
        sqs_queue_url=queue_url,
        inputs={"table": table, "column": "outcome", "minority": "fraud", "output": output, "format": "parquet"},
        outputs=[
            CallbackOutput(output_name=name, output_type=CallbackOutputTypeEnum.String)
            for name in ("train", "test", "manifest", "verdict")
        ],
    )
    train = TrainingStep(
        name="Train",
        step_args=estimator.fit({"train": TrainingInput(s3_data=rebalance.properties.Outputs["train"])}),
    )
    return Pipeline(name="TrainOnBalancedTransactions", parameters=[table, output], steps=[rebalance, train])
