import type { SucceededManifest } from '../../contracts/manifest.ts';
import { STATES } from '../../contracts/states.ts';
import type { OutputFile, Workflow } from '../../contracts/workflow.ts';
import { columnTreatments, type DatasetProfile } from '../prepare-dataset/columns.ts';
import { versions } from '../versions.ts';

type Finished = Omit<Workflow, 'published'>;

/** What a run that went well says of itself. */
export function describeRun(run: Finished, profile: DatasetProfile, outputs: readonly OutputFile[]): SucceededManifest {
  const { execution, request, prepared, generator, generated, selected, merged, undersampled, model, evaluation } = run;
  const { observed, undersampled: plain, rebalanced, published } = evaluation;
  return {
    status: 'succeeded',
    execution,
    request: {
      ...request,
      target: { column: prepared.target.column, minority: prepared.target.minority },
      generator: { ...request.generator, rows: generated.count, epochs: generator.epochs },
    },
    seed: request.seed,
    input: { uri: request.dataset.uri, ...prepared.input },
    columns: columnTreatments(profile),
    missingTreatment: prepared.missingTreatment,
    encodedAttributes: prepared.encodedAttributes,
    counts: {
      ...prepared.counts,
      generated: selected.generated,
      newFeatureRows: selected.newFeatureRows,
      merged: merged.counts,
      rebalanced: undersampled.counts,
      published: model.counts,
    },
    generator: { epochs: generator.epochs, reconstructionLoss: generator.reconstructionLoss },
    strategy: model.strategy,
    verdict: run.report.verdict,
    metrics: { observed, undersampled: plain, rebalanced, published },
    outputs: [...outputs],
    timings: timings(run),
    versions: versions(),
  };
}

/** Milliseconds of every state but the publishing one, which is still at it. */
function timings(run: Finished): Record<string, number> {
  return {
    [STATES.prepareDataset]: run.prepared.durationMs,
    [STATES.trainGenerator]: run.generator.durationMs,
    [STATES.generateRows]: run.generated.durationMs,
    [STATES.trainDiscriminator]: run.discriminator.durationMs,
    [STATES.selectRows]: run.selected.durationMs,
    [STATES.mergeRows]: run.merged.durationMs,
    [STATES.undersampleMajority]: run.undersampled.durationMs,
    [STATES.planComparison]: run.planned.durationMs,
    [STATES.fitModel]: run.model.durationMs,
    [STATES.evaluateResult]: run.evaluation.durationMs,
    [STATES.writeReport]: run.report.durationMs,
  };
}
