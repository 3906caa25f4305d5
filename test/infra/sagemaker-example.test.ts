import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EVENT_SOURCE, EVENT_TYPES } from '../../contracts/outgoing-events.ts';
import { resolveStart } from '../../contracts/start-event.ts';

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
if (!python) console.warn('the example of a SageMaker pipeline is not tested: found no Python');

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

/** Stands for SageMaker's SDK: what is made keeps what it is given; a parameter is its default. */
const PIPELINE_STAND_IN = `
import json, runpy, sys, types

def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)

class Made(dict):
    def __init__(self, **given): super().__init__(given)

class CallbackStep(Made):
    @property
    def properties(self):
        outputs = {output["output_name"]: {"output of": [self["name"], output["output_name"]]} for output in self["outputs"]}
        return types.SimpleNamespace(Outputs=outputs)

for package in ["sagemaker", "sagemaker.workflow"]:
    module(package)
module("sagemaker.inputs", TrainingInput=Made)
module("sagemaker.workflow.callback_step", CallbackOutput=Made, CallbackOutputTypeEnum=types.SimpleNamespace(String="String"), CallbackStep=CallbackStep)
module("sagemaker.workflow.parameters", ParameterString=lambda name, default_value: default_value)
module("sagemaker.workflow.pipeline", Pipeline=Made)
module("sagemaker.workflow.steps", TrainingStep=Made)
estimator = types.SimpleNamespace(fit=lambda inputs: inputs)
print(json.dumps(runpy.run_path(sys.argv[1])["train_on_balanced"]("the queue", estimator)))
`;

/**
 * Stands for boto3: prints each call; a run whose name ends with "Twice" has been before, and a token may say as what error it
 * is refused.
 */
const CALLBACK_STAND_IN = `
import json, os, runpy, sys, types

class ExecutionAlreadyExists(Exception): pass

class ClientError(Exception):
    def __init__(self, code): self.response = {"Error": {"Code": code}}

class Client:
    exceptions = types.SimpleNamespace(ExecutionAlreadyExists=ExecutionAlreadyExists)
    def __init__(self, service): self.service = service
    def __getattr__(self, method):
        def call(**given):
            print(json.dumps({"call": self.service + "." + method, "given": given}))
            if given.get("name", "").endswith("Twice"): raise ExecutionAlreadyExists()
            if given.get("CallbackToken", "").startswith("Refused"): raise ClientError(given["CallbackToken"][7:])
        return call

sys.modules["boto3"] = types.ModuleType("boto3")
sys.modules["boto3"].client = Client
sys.modules["botocore"] = types.ModuleType("botocore")
sys.modules["botocore.exceptions"] = types.ModuleType("botocore.exceptions")
sys.modules["botocore.exceptions"].ClientError = ClientError
os.environ["STATE_MACHINE_ARN"] = "arn:aws:states:eu-central-1:111122223333:stateMachine:ExampleMachine"
callback = runpy.run_path(sys.argv[1])
if sys.argv[2] == "rules": print(json.dumps(callback["RULES"]))
else: callback[sys.argv[2]](json.loads(sys.argv[3]), None)
`;

/** What the Python program printed, by line. */
function run(program: string, ...args: string[]): string[] {
  const { stdout, stderr } = spawnSync(python!, ['-c', program, ...args], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

const callback = (...args: string[]) => run(CALLBACK_STAND_IN, example('sagemaker_callback.py'), ...args);
const pipeline = () => JSON.parse(run(PIPELINE_STAND_IN, example('sagemaker_pipeline.py'))[0]);
const readEvent = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));

/** A message of a callback step, in the envelope in which a queue hands it to a function. */
const queued = (message: object) => JSON.stringify({ Records: [{ body: JSON.stringify(message) }] });

/** As the run of a pipeline with this token ends. */
function ended(name: 'dataset-rebalanced' | 'rebalance-failed', failure: object = {}) {
  const event = readEvent(name);
  event.detail.execution.id = 'sagemaker-SYZ8ExZ3Sd';
  Object.assign(event.detail.failure ?? {}, failure);
  return event;
}

/** As Step Functions tells of the end of a run of a pipeline. */
function changed(detail: object) {
  return {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    detail: { name: 'sagemaker-SYZ8ExZ3Sd', ...detail },
  };
}

describe.runIf(python)('the example of a SageMaker pipeline', () => {
  it('asks by its queue, and trains on what the callback brings', () => {
    const [rebalance, train] = pipeline().steps;
    expect(rebalance).toMatchObject({ name: 'Rebalance', sqs_queue_url: 'the queue' });
    expect(train.step_args).toEqual({ train: { s3_data: { 'output of': ['Rebalance', 'train'] } } });
  });

  it('starts a run, under a name with the token, with a request that we understand', () => {
    const [{ inputs }] = pipeline().steps;
    const [line] = callback('start', queued({ token: 'SYZ8ExZ3Sd', arguments: inputs, status: 'Executing' }));
    const { call, given } = JSON.parse(line);
    expect(call).toBe('stepfunctions.start_execution');
    expect(given).toMatchObject({
      stateMachineArn: 'arn:aws:states:eu-central-1:111122223333:stateMachine:ExampleMachine',
      name: 'sagemaker-SYZ8ExZ3Sd',
    });
    expect(resolveStart(JSON.parse(given.input))).toMatchObject({
      dataset: { uri: 's3://example-data/incoming/transactions.csv' },
      target: { column: 'outcome', minority: 'fraud' },
      output: { uri: 's3://example-data/balanced/transactions', format: 'parquet' },
    });
  });

  it('takes a message that comes twice for one', () => {
    const [{ inputs }] = pipeline().steps;
    const [, said] = callback('start', queued({ token: 'Twice', arguments: inputs, status: 'Executing' }));
    expect(said).toBe('a second message for sagemaker-Twice');
  });

  it.each(['status', 'Status'])('stops the run where the pipeline is stopped (%s)', (field) => {
    expect(
      callback('start', queued({ token: 'SYZ8ExZ3Sd', [field]: 'Stopping' })).map((line) => JSON.parse(line)),
    ).toEqual([
      {
        call: 'stepfunctions.stop_execution',
        given: {
          executionArn: 'arn:aws:states:eu-central-1:111122223333:execution:ExampleMachine:sagemaker-SYZ8ExZ3Sd',
        },
      },
    ]);
  });

  it('brings back the token with just the outputs that the step declares', () => {
    const event = ended('dataset-rebalanced');
    const { call, given } = JSON.parse(callback('finish', JSON.stringify(event))[0]);
    expect(call).toBe('sagemaker.send_pipeline_execution_step_success');
    expect(given.CallbackToken).toBe('SYZ8ExZ3Sd');
    const [train, test] = event.detail.outputs.files;
    expect(given.OutputParameters).toEqual([
      { Name: 'train', Value: train.uri },
      { Name: 'test', Value: test.uri },
      { Name: 'manifest', Value: event.detail.outputs.manifest },
      { Name: 'verdict', Value: event.detail.verdict },
    ]);
    const declared = pipeline().steps[0].outputs.map((output: { output_name: string }) => output.output_name);
    expect(declared).toEqual(given.OutputParameters.map(({ Name }: { Name: string }) => Name));
  });

  it('says why a run failed, in as many characters as SageMaker takes', () => {
    const reason = (event: object) => {
      const { call, given } = JSON.parse(callback('finish', JSON.stringify(event))[0]);
      expect(call).toBe('sagemaker.send_pipeline_execution_step_failure');
      expect(given.CallbackToken).toBe('SYZ8ExZ3Sd');
      return given.FailureReason;
    };
    expect(reason(ended('rebalance-failed'))).toMatchInlineSnapshot(
      `"UnknownTargetError: The table has no column "churned"; its columns are id, age, left"`,
    );
    expect(reason(ended('rebalance-failed', { Cause: 'long '.repeat(100) }))).toHaveLength(256);
    expect(reason(changed({ status: 'TIMED_OUT' }))).toMatchInlineSnapshot(
      `"TIMED_OUT: the run did not come to its end"`,
    );
    expect(reason(changed({ status: 'ABORTED', error: null, cause: null }))).toMatchInlineSnapshot(
      `"ABORTED: the run did not come to its end"`,
    );
    const outgrown = { error: 'States.DataLimitExceeded', cause: 'The state returned a result that is too large' };
    expect(reason(changed({ status: 'FAILED', ...outgrown }))).toMatchInlineSnapshot(
      `"States.DataLimitExceeded: The state returned a result that is too large"`,
    );
  });

  it('hears of every end but a good one by Step Functions too, and takes a token that is used for that', () => {
    const [, byStepFunctions] = JSON.parse(callback('rules')[0]);
    expect(byStepFunctions).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'ABORTED', 'TIMED_OUT'], name: [{ prefix: 'sagemaker-' }] },
    });
    for (const code of ['ConflictException', 'ResourceNotFound', 'ValidationException']) {
      const name = `sagemaker-Refused${code}`;
      const [, said] = callback('finish', JSON.stringify(changed({ name, status: 'FAILED' })));
      expect(said).toBe(`the step has ended already: ${name}`);
    }
    const event = JSON.stringify(changed({ name: 'sagemaker-RefusedAccessDeniedException', status: 'FAILED' }));
    const { status, stderr } = spawnSync(
      python!,
      ['-c', CALLBACK_STAND_IN, example('sagemaker_callback.py'), 'finish', event],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toContain('ClientError');
  });

  it('has a rule for the events that runs send, of runs of pipelines alone', () => {
    const [[announced]] = callback('rules').map((line) => JSON.parse(line));
    expect(announced).toEqual({
      source: [EVENT_SOURCE],
      'detail-type': Object.values(EVENT_TYPES),
      detail: { execution: { id: [{ prefix: 'sagemaker-' }] } },
    });
  });
});
