import { z } from 'zod';
import { HAPPY_PATH, STATES, type StateName } from '../../../contracts/states.ts';
import { joinUri } from '../../../contracts/uri.ts';
import type { FoldItem } from '../../../contracts/workflow.ts';
import type { StepContext } from '../../../functions/step.ts';
import type { AnyStep, Steps } from '../../../local/workers/step-runner.ts';
import { fakeManifest } from './fake-manifest.ts';

/** What the fake steps read of the workflow that travels through the machine. */
export interface FakePayload {
  readonly execution: { readonly id: string; readonly startedAt: string };
  readonly start?: unknown;
  readonly request: { readonly output: { readonly uri: string } };
  /** of EvaluateFold */
  readonly item?: FoldItem;
  /** RecordFailure is given the workflow as a whole */
  readonly workflow?: { readonly failure: { readonly Error: string; readonly Cause: string } };
}

/** Where the fake RecordFailure claims to have written. */
export const RECORD = 'file:///data/out/cards/runs/local-test/record-failure/manifest.json';

export type FakeRun = (payload: FakePayload, context: StepContext) => Promise<object>;

export function fakeStep(state: StateName, run: FakeRun): AnyStep {
  return { state, payload: z.unknown(), run } as unknown as AnyStep;
}

const NONE = { majority: 0, minority: 0 };
const SCORES = { truePositives: 0, falsePositives: 0 };

/** What the fake PlanComparison wants to be evaluated. */
export const COMPARED = {
  rows: 'file:///data/out/cards/train.table',
  assignment: 'file:///data/out/cards/folds.arrays',
};

export const FOLD_ITEMS: readonly FoldItem[] = [
  { strategy: 'none', repeat: 0, fold: 0 },
  { strategy: 'algorithm-1', repeat: 0, fold: 0 },
];

/** What the state machine reads of the workflow to describe the result. */
export const DESCRIBED: Partial<Record<StateName, object>> = {
  [STATES.prepareDataset]: {
    input: {},
    target: {},
    counts: { read: NONE, usable: NONE, train: NONE, test: NONE },
  },
  [STATES.selectRows]: { generated: 0, newFeatureRows: 0 },
  [STATES.mergeRows]: { counts: NONE },
  [STATES.undersampleMajority]: { counts: NONE },
  [STATES.planComparison]: { compared: COMPARED, items: FOLD_ITEMS },
  [STATES.fitModel]: { strategy: 'algorithm-1@1', counts: NONE },
  [STATES.evaluateResult]: { observed: SCORES, undersampled: SCORES, rebalanced: SCORES, published: SCORES },
  [STATES.writeReport]: { verdict: 'Rebalance.' },
};

/**
 * Steps that do nothing but answer, in the order and with the payloads that the real definition gives them. The one that
 * publishes writes a manifest, so that there is something to sum up.
 */
export function fakeSteps(changed: Partial<Record<StateName, FakeRun>> = {}): Steps {
  const runs: Partial<Record<StateName, FakeRun>> = {
    ...Object.fromEntries(HAPPY_PATH.map((state) => [state, async () => ({ did: state, ...DESCRIBED[state] })])),
    [STATES.resolveRequest]: async ({ execution, start }) => ({ execution, request: start }),
    [STATES.trainGenerator]: async (_, { onProgress }) => {
      for (const epoch of [1, 2]) onProgress?.({ epoch, epochs: 2, loss: 1 / epoch });
      return { did: STATES.trainGenerator };
    },
    [STATES.publishDataset]: async ({ request }, { store }) => {
      const manifest = joinUri(request.output.uri, 'manifest.json');
      await store.write(manifest, new TextEncoder().encode(JSON.stringify(fakeManifest())));
      return { manifest, outputs: fakeManifest().outputs };
    },
    [STATES.recordFailure]: async ({ workflow }) => ({ ...workflow?.failure, manifest: RECORD }),
    ...changed,
  };
  return Object.fromEntries(
    Object.entries(runs).map(([state, run]) => [state, fakeStep(state as StateName, run as FakeRun)]),
  );
}
