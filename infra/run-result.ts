import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import type { RunResult } from '../contracts/run-result.ts';

/** Each part of the result, by where it is in the workflow: its shape is held to the contract's by the compiler. */
type Paths<T> = { readonly [Key in keyof T]: T[Key] extends object ? Paths<T[Key]> | string : string };

const at = JsonPath.objectAt;

/** RunResult, made of the workflow by the state machine itself. */
export const RUN_RESULT = {
  execution: part('$.execution'),
  dataset: JsonPath.stringAt('$.request.dataset.uri'),
  input: part('$.prepared.input'),
  target: part('$.prepared.target'),
  outputs: { manifest: JsonPath.stringAt('$.published.manifest'), files: part('$.published.outputs') },
  counts: {
    read: part('$.prepared.counts.read'),
    usable: part('$.prepared.counts.usable'),
    train: part('$.prepared.counts.train'),
    test: part('$.prepared.counts.test'),
    generated: part('$.selected.generated'),
    newFeatureRows: part('$.selected.newFeatureRows'),
    merged: part('$.merged.counts'),
    rebalanced: part('$.undersampled.counts'),
    published: part('$.model.counts'),
  },
  metrics: {
    observed: part('$.evaluation.observed'),
    undersampled: part('$.evaluation.undersampled'),
    rebalanced: part('$.evaluation.rebalanced'),
    published: part('$.evaluation.published'),
  },
  strategy: JsonPath.stringAt('$.model.strategy'),
  verdict: JsonPath.stringAt('$.report.verdict'),
} satisfies Paths<RunResult>;

/** CDK's placeholder for a part that is no text is typed as what it stands in for. */
function part(path: string): string {
  return at(path) as unknown as string;
}
