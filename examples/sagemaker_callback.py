"""The two Lambda functions between the callback step of sagemaker_pipeline.py and Counterpoise.

`start` is invoked by the step's queue. Its role needs states:StartExecution on the state machine (the construct's
grantStart), and states:StopExecution on its executions. Its environment: STATE_MACHINE_ARN.

`finish` is invoked by EventBridge, by one rule for each of RULES. Its role needs
sagemaker:SendPipelineExecutionStepSuccess and sagemaker:SendPipelineExecutionStepFailure.

Nothing is stored between the two: the execution's name carries the token.

This file was run against stand-ins for boto3 in a test, not against SageMaker.
"""

import json
import os

import boto3
from botocore.exceptions import ClientError

PREFIX = "sagemaker-"
RULES = [
    {
        "source": ["counterpoise"],
        "detail-type": ["DatasetRebalanced", "RebalanceFailed"],
        "detail": {"execution": {"id": [{"prefix": PREFIX}]}},
    },
    # A run that somebody stops, that takes too long, or that Step Functions gives up (States.DataLimitExceeded and
    # States.Runtime pass every Catch) is past announcing anything: Step Functions does it.
    {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"status": ["FAILED", "ABORTED", "TIMED_OUT"], "name": [{"prefix": PREFIX}]},
    },
]
# Of a run that announced its failure both rules tell, in any order, and a token is good for once.
TOKEN_IS_USED = ["ConflictException", "ResourceNotFound", "ValidationException"]


def start(event, context):
    machine, runs = os.environ["STATE_MACHINE_ARN"], boto3.client("stepfunctions")
    for record in event["Records"]:
        message = json.loads(record["body"])
        name = PREFIX + message["token"]
        # The guide writes the field with a capital, messages have been seen without. `finish` hears that the run stopped.
        if "Stopping" in (message.get("status"), message.get("Status")):
            runs.stop_execution(executionArn=machine.replace(":stateMachine:", ":execution:") + ":" + name)
            continue
        given = message["arguments"]
        request = {
            "dataset": {"uri": given["table"]},
            "target": {"column": given["column"], "minority": given["minority"]},
            "output": {"uri": given["output"], "format": given["format"]},
        }
        try:
            runs.start_execution(stateMachineArn=machine, name=name, input=json.dumps(request))
        except runs.exceptions.ExecutionAlreadyExists:
            print("a second message for", name)


def finish(event, context):
    kind, detail, pipelines = event["detail-type"], event["detail"], boto3.client("sagemaker")
    name = detail["name"] if event["source"] == "aws.states" else detail["execution"]["id"]
    token = name.removeprefix(PREFIX)
    if kind == "DatasetRebalanced":
        files = {file["name"].split(".")[0]: file["uri"] for file in detail["outputs"]["files"]}
        values = {
            "train": files["train"],
            "test": files["test"],
            "manifest": detail["outputs"]["manifest"],
            "verdict": detail["verdict"],
        }
        outputs = [{"Name": key, "Value": value} for key, value in values.items()]
        pipelines.send_pipeline_execution_step_success(CallbackToken=token, OutputParameters=outputs)
        return
    told = detail.get("failure", {"Error": detail.get("error"), "Cause": detail.get("cause")})
    error, cause = told["Error"] or detail.get("status"), told["Cause"] or "the run did not come to its end"
    # SageMaker takes 256 characters.
    reason = f"{error}: {cause}"[:256]
    try:
        pipelines.send_pipeline_execution_step_failure(CallbackToken=token, FailureReason=reason)
    except ClientError as refusal:
        if refusal.response["Error"]["Code"] not in TOKEN_IS_USED:
            raise
        print("the step has ended already:", name)
