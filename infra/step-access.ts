import { BATCH_STATES } from '../contracts/batch.ts';
import { BATCHES, PREFIXES, PUBLISHED, SETTINGS } from '../contracts/layout.ts';
import { STATES, type StateName, stepFolder } from '../contracts/states.ts';
import { NO_ACCESS, type ObjectAccess } from './object-access.ts';

const UPLOADS = `${PREFIXES.incoming}*`;
const MANIFESTS = `${PREFIXES.balanced}*${PUBLISHED.manifest}`;
/** Of an earlier run, in the other format or without synthetic rows, they may have to be taken away. */
const TABLES = [PUBLISHED.train, PUBLISHED.test, PUBLISHED.provenance].flatMap((name) =>
  ['csv', 'parquet'].map((format) => `${PREFIXES.balanced}*${name}.${format}`),
);
/** Every run writes them anew. */
const DOCUMENTS = [PUBLISHED.model, PUBLISHED.domain, PUBLISHED.weights, PUBLISHED.report, PUBLISHED.reportPage].map(
  (name) => `${PREFIXES.balanced}*${name}`,
);

/** What `states` wrote, in any run below any output location: `balanced/adult/runs/<execution>/<step>/<file>`. */
function artifactsOf(...states: readonly StateName[]): string[] {
  return states.map((state) => `${PREFIXES.balanced}*runs/*/${stepFolder(state)}/*`);
}

/** A step reads what the steps named here wrote, and writes its own. */
function between(state: StateName, ...sources: readonly StateName[]): ObjectAccess {
  return { ...NO_ACCESS, reads: artifactsOf(...sources), writes: artifactsOf(state) };
}

/** All that each step reads and writes, and nothing else. A deployed run reads uploads only, and writes below `balanced/`. */
export const STEP_ACCESS: Readonly<Record<StateName, ObjectAccess>> = {
  [STATES.resolveRequest]: NO_ACCESS,
  // The name of an upload may be mistyped.
  [STATES.prepareDataset]: { ...between(STATES.prepareDataset), reads: [UPLOADS], meetsMissing: true },
  [STATES.trainGenerator]: between(STATES.trainGenerator, STATES.prepareDataset),
  [STATES.generateRows]: between(STATES.generateRows, STATES.prepareDataset, STATES.trainGenerator),
  [STATES.trainDiscriminator]: between(STATES.trainDiscriminator, STATES.prepareDataset),
  [STATES.selectRows]: between(
    STATES.selectRows,
    STATES.prepareDataset,
    STATES.generateRows,
    STATES.trainDiscriminator,
  ),
  [STATES.mergeRows]: between(STATES.mergeRows, STATES.prepareDataset, STATES.selectRows),
  [STATES.undersampleMajority]: between(STATES.undersampleMajority, STATES.mergeRows),
  [STATES.planComparison]: between(STATES.planComparison, STATES.prepareDataset),
  [STATES.evaluateFold]: between(STATES.evaluateFold, STATES.prepareDataset, STATES.planComparison),
  [STATES.fitModel]: between(
    STATES.fitModel,
    STATES.prepareDataset,
    STATES.generateRows,
    STATES.planComparison,
    STATES.evaluateFold,
  ),
  [STATES.evaluateResult]: between(
    STATES.evaluateResult,
    STATES.prepareDataset,
    STATES.mergeRows,
    STATES.undersampleMajority,
    STATES.fitModel,
  ),
  [STATES.writeReport]: between(STATES.writeReport, STATES.prepareDataset, STATES.fitModel, STATES.evaluateResult),
  // There may be, or not be, what an earlier run published: its manifest is read, and what it names taken away.
  [STATES.publishDataset]: {
    reads: [
      ...artifactsOf(STATES.prepareDataset, STATES.trainDiscriminator, STATES.fitModel, STATES.writeReport),
      MANIFESTS,
    ],
    writes: [...TABLES, ...DOCUMENTS, MANIFESTS],
    removes: [...TABLES, MANIFESTS],
    meetsMissing: true,
  },
  [STATES.recordFailure]: {
    ...NO_ACCESS,
    reads: [MANIFESTS],
    writes: [...artifactsOf(STATES.recordFailure), MANIFESTS],
  },
};

/** Both `adult.csv.rebalance.json` and `rebalance.json`, which may not be there. */
const SETTINGS_FILES = `${PREFIXES.incoming}*${SETTINGS.ofFolder}`;
const SEEN = `${BATCHES.folder}${BATCHES.seen}`;

/** ... of the functions that are no steps of a run. */
export const START_RUN = 'StartRun';
export const OTHER_ACCESS = {
  [START_RUN]: { ...NO_ACCESS, reads: [SETTINGS_FILES], meetsMissing: true },
  [BATCH_STATES.listDatasets]: { ...NO_ACCESS, reads: [SETTINGS_FILES, SEEN], meetsMissing: true },
  [BATCH_STATES.summarize]: {
    ...NO_ACCESS,
    reads: [...artifactsOf(STATES.recordFailure), SEEN],
    writes: [`${BATCHES.folder}*/${BATCHES.summary}`, SEEN],
    meetsMissing: true,
  },
} satisfies Record<string, ObjectAccess>;
