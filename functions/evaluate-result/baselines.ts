import type { ResolvedRequest } from '../../contracts/request.ts';
import { STATES } from '../../contracts/states.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { type Strategy, strategyId } from '../../core/strategies/strategy.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import type { Rows } from '../../storage/codecs/rows.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { loadIndices, loadRows } from '../artifacts.ts';
import { type Examples, encodeExamples, fitLearner } from '../observed-rows.ts';
import { type Judged, judge } from './judge.ts';

/** What the published model is seen beside. */
export type BaselineName = 'observed' | 'undersampled' | 'rebalanced';
/** The classifiers that are judged on the test rows. */
export type ResultName = BaselineName | 'published';

/** The strategies that the baselines are trained by. */
export function baselines({ sampling: { ratio } }: ResolvedRequest): Readonly<Record<BaselineName, Strategy>> {
  return {
    observed: { type: 'none', ratio: null },
    undersampled: { type: 'under-sampling', ratio },
    rebalanced: { type: 'algorithm-1', ratio },
  };
}

/** The baseline that is published; 'published' where none is. */
export function publishedAs({ request, model }: Pick<Workflow, 'request' | 'model'>): ResultName {
  const strategies = baselines(request);
  const names = Object.keys(strategies) as BaselineName[];
  return names.find((name) => strategyId(strategies[name]) === model.strategy) ?? 'published';
}

interface Sides {
  readonly encoder: FeatureEncoder;
  readonly train: Rows;
  readonly test: Rows;
  /** the training rows that plain under-sampling keeps */
  readonly undersampled: Int32Array;
}

/**
 * The baselines on the test rows, one after the other, so that no more than one of them is in memory at a time. The one that is
 * published is not trained again: `FitModel` has trained the same learner on the same rows by the same stream of chance.
 *
 * @param published the published model on the test rows
 */
export async function judgeBaselines(
  run: Pick<Workflow, 'request' | 'merged' | 'undersampled' | 'model'>,
  store: DatasetStore,
  { encoder, train, test, undersampled }: Sides,
  published: Judged,
): Promise<Record<BaselineName, Judged>> {
  const same = publishedAs(run);
  const testExamples = encodeExamples(encoder, test);
  const judgeFitted = (examples: Examples, rows: Int32Array | 'all') =>
    judge(fitLearner(run.request, examples, rows, STATES.evaluateResult), testExamples, run.request);
  const judgeRebalanced = async () =>
    judgeFitted(
      encodeExamples(encoder, await loadRows(store, run.merged.rows)),
      await loadIndices(store, run.undersampled.kept),
    );
  // Before the training rows are encoded: the merged rows are larger than they are.
  const rebalanced = same === 'rebalanced' ? published : await judgeRebalanced();
  const observed = encodeExamples(encoder, train);
  return {
    observed: same === 'observed' ? published : judgeFitted(observed, 'all'),
    undersampled: same === 'undersampled' ? published : judgeFitted(observed, undersampled),
    rebalanced,
  };
}
