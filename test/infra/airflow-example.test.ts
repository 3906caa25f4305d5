import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { resolveStart } from '../../contracts/start-event.ts';
import { executionTimeout } from '../../infra/step-sizes.ts';

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
if (!python) console.warn('the example of an Airflow DAG is not tested: found no Python');

/** Stands for Airflow: its operators keep what they are given. */
const STAND_IN = `
import json, runpy, sys, types

made, depends = {}, []

class Operator:
    def __init__(self, task_id, **given):
        self.task_id, self.output = task_id, {"output of": task_id}
        made[task_id] = given
    def __rshift__(self, other):
        depends.append([self.task_id, other.task_id])
        return other

class Dag:
    def __init__(self, name, **given): pass
    def __enter__(self): return self
    def __exit__(self, *error): return None

def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)

for package in ["airflow.operators", "airflow.providers", "airflow.providers.amazon", "airflow.providers.amazon.aws", "airflow.providers.amazon.aws.operators"]:
    module(package)
module("airflow", DAG=Dag)
module("airflow.operators.python", PythonOperator=Operator)
module("airflow.providers.amazon.aws.operators.step_function", StepFunctionStartExecutionOperator=Operator, StepFunctionGetExecutionOutputOperator=Operator)
dag = runpy.run_path(sys.argv[1])
dag["train"](json.loads(sys.argv[2]))
made["train"].pop("python_callable")
print(json.dumps({"made": made, "depends": depends}))
`;

describe.runIf(python)('the example of an Airflow DAG', () => {
  it('starts a run with a request that we understand, waits for it, and trains on what it ended with', () => {
    const dag = fileURLToPath(new URL('../../examples/airflow_dag.py', import.meta.url));
    const event = readFileSync(new URL('../../events/dataset-rebalanced.json', import.meta.url), 'utf8');
    const { detail } = JSON.parse(event);
    const { stdout, stderr } = spawnSync(python!, ['-c', STAND_IN, dag, JSON.stringify(detail)], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const [verdict, trained, last] = stdout.trim().split('\n');
    expect(verdict).toBe(detail.verdict);
    expect(trained).toBe(`train on ${detail.outputs.files[0].uri}`);
    const { made, depends } = JSON.parse(last);
    expect(resolveStart(made.rebalance.state_machine_input)).toMatchObject({
      dataset: { uri: 's3://example-data/incoming/transactions.csv' },
      output: { uri: 's3://example-data/balanced/transactions', format: 'parquet' },
    });
    expect(made.rebalance.waiter_delay * made.rebalance.waiter_max_attempts).toBeGreaterThan(
      executionTimeout().toSeconds(),
    );
    expect(made.output.execution_arn).toEqual({ 'output of': 'rebalance' });
    expect(depends).toEqual([
      ['rebalance', 'output'],
      ['output', 'train'],
    ]);
  });
});
