import type { Workflow } from '../contracts/workflow.ts';
import { step as generateRowsStep } from '../functions/generate-rows/step.ts';
import { step as mergeRowsStep } from '../functions/merge-rows/step.ts';
import { step as prepareDatasetStep } from '../functions/prepare-dataset/step.ts';
import { step as selectRowsStep } from '../functions/select-rows/step.ts';
import { invokeStep, type Step } from '../functions/step.ts';
import { step as trainDiscriminatorStep } from '../functions/train-discriminator/step.ts';
import { step as trainGeneratorStep } from '../functions/train-generator/step.ts';
import { step as undersampleMajorityStep } from '../functions/undersample-majority/step.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import type { PreparedRun, Run } from './protocol.ts';

/** A run up to the merged and under-sampled rows, ready for a learner. */
export type RebalancedRun = PreparedRun & Pick<Workflow, 'selected' | 'merged' | 'undersampled'>;

/** What the learner is trained on where no row is added. */
export type UndersampledRun = PreparedRun & Pick<Workflow, 'merged' | 'undersampled'>;

/** The steps of the state machine, called as every engine calls them, on a store; their durations are not of interest. */
export class Steps {
  readonly #store: DatasetStore;

  constructor(store: DatasetStore) {
    this.#store = store;
  }

  async prepareDataset(run: Run): Promise<PreparedRun> {
    return { ...run, prepared: await this.#run(prepareDatasetStep, run) };
  }

  async trainGenerator(run: PreparedRun): Promise<Workflow['generator']> {
    return this.#run(trainGeneratorStep, run);
  }

  async generateRows(run: PreparedRun & Pick<Workflow, 'generator'>): Promise<Workflow['generated']> {
    return this.#run(generateRowsStep, run);
  }

  async trainDiscriminator(run: PreparedRun): Promise<Workflow['discriminator']> {
    return this.#run(trainDiscriminatorStep, run);
  }

  /** Lines 4 to 6 of Algorithm 1. */
  async rebalance(run: PreparedRun & Pick<Workflow, 'generated' | 'discriminator'>): Promise<RebalancedRun> {
    const selected = await this.#run(selectRowsStep, run);
    const merged = await this.#run(mergeRowsStep, { ...run, selected });
    return { ...(await this.#undersample({ ...run, merged })), selected };
  }

  /** Line 6 alone: no row is added to the observed ones. */
  async rebalanceWithoutRows(run: PreparedRun): Promise<UndersampledRun> {
    const { train, counts } = run.prepared;
    return this.#undersample({ ...run, merged: { rows: train, counts: counts.train, durationMs: 0 } });
  }

  async #undersample<R extends PreparedRun & Pick<Workflow, 'merged'>>(
    run: R,
  ): Promise<R & Pick<Workflow, 'undersampled'>> {
    return { ...run, undersampled: await this.#run(undersampleMajorityStep, run) };
  }

  #run<Payload, Result extends object>(step: Step<Payload, Result>, payload: object) {
    return invokeStep(step, payload, { store: this.#store }, () => 0);
  }
}
