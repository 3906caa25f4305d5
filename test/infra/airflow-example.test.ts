import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
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
    def __init__(self, name, **given): made[name] = list(given["user_defined_macros"])
    def __enter__(self): return self
    def __exit__(self, *error): return None

def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)

amazon, standard = "airflow.providers.amazon", "airflow.providers.standard"
for package in ["airflow", "airflow.providers", amazon, f"{amazon}.aws", f"{amazon}.aws.operators", standard, f"{standard}.operators"]:
    module(package)
module("airflow.sdk", DAG=Dag)
module("airflow.providers.standard.operators.python", PythonOperator=Operator)
module("airflow.providers.amazon.aws.operators.step_function", StepFunctionStartExecutionOperator=Operator, StepFunctionGetExecutionOutputOperator=Operator)
dag = runpy.run_path(sys.argv[1])
dag["train"](json.loads(sys.argv[2]))
made["train"].pop("python_callable")
names = [dag["execution_name"](types.SimpleNamespace(**ti)) for ti in json.loads(sys.argv[3])]
print(json.dumps({"made": made, "depends": depends, "names": names}))
`;

const dag = fileURLToPath(new URL('../../examples/airflow_dag.py', import.meta.url));
const { detail } = JSON.parse(readFileSync(new URL('../../events/dataset-rebalanced.json', import.meta.url), 'utf8'));

/** What the file prints when it is read and trains; the last line says what it made, and how it names the tries of tasks. */
function read(tries: readonly object[] = []): string[] {
  const args = ['-c', STAND_IN, dag, JSON.stringify(detail), JSON.stringify(tries)];
  const { stdout, stderr } = spawnSync(python!, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe.runIf(python)('the example of an Airflow DAG', () => {
  it('gives each try of each task a name of its own, of what Step Functions takes', () => {
    const run_id = 'scheduled__2026-01-01T00:00:00+00:00';
    const first = { dag_id: 'one', run_id, task_id: 'rebalance', map_index: -1, try_number: 1 };
    const tries = [
      first,
      { ...first, try_number: 2 },
      { ...first, map_index: 0 },
      { ...first, task_id: 'again' },
      { ...first, dag_id: 'other' },
      { ...first, run_id: run_id.replace('+', '-') },
      { ...first, run_id: `manual/${'größer '.repeat(30)}` },
    ];
    const { names, made } = JSON.parse(read([...tries, first]).at(-1)!);
    const digest = createHash('sha256').update(['one', run_id, 'rebalance', '-1', '1'].join('\0')).digest('hex');
    expect(names[0]).toBe(`scheduled__2026-01-01T00-00-00-00-00-${digest.slice(0, 16)}`);
    expect(names.pop()).toBe(names[0]);
    expect(new Set(names).size).toBe(tries.length);
    for (const name of names) expect(name).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
    expect(made.rebalance.name).toBe('{{ execution_name(ti) }}');
    expect(made.train_on_balanced_transactions).toEqual(['execution_name']);
  });

  it('starts a run with a request that we understand, waits for it, and trains on what it ended with', () => {
    const [verdict, trained, last] = read();
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
