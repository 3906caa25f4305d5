import type { Report } from '../../contracts/report.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { strategyFromId } from '../../core/strategies/strategy.ts';
import { strategyLabel } from '../../core/strategies/strategy-label.ts';

type Flowed = Pick<Workflow, 'prepared' | 'selected' | 'merged' | 'model'>;

/** Rows by class, from the table to the published training set. */
export function describeFlow({ prepared, selected, merged, model }: Flowed): Report['flow'] {
  const { read, usable, train } = prepared.counts;
  const observed = (step: string, { majority, minority }: typeof read) => ({
    step,
    majority,
    observedMinority: minority,
    syntheticMinority: 0,
  });
  const { newFeatureRows } = selected;
  const merging = {
    step: 'Merged with new-feature rows',
    majority: merged.counts.majority,
    observedMinority: merged.counts.minority - newFeatureRows,
    syntheticMinority: newFeatureRows,
  };
  const strategy = strategyFromId(model.strategy);
  return [
    observed('Table', read),
    observed('Usable rows', usable),
    observed('Training rows', train),
    ...(strategy.type === 'algorithm-1' ? [merging] : []),
    {
      step: `Published: ${strategyLabel(strategy)}`,
      majority: model.counts.majority,
      observedMinority: model.counts.minority - model.synthetic,
      syntheticMinority: model.synthetic,
    },
  ];
}
